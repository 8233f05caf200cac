import { entities } from '@shared/domain/entities'
import { columnsOf } from './columns'
import type { DatasetDescriptor } from './descriptor'

const { text, flag } = columnsOf(entities.projects)

export const projects: DatasetDescriptor<'projects'> = {
  dataset: 'projects',
  table: 'project',
  columns: [...text('name', 'clientId'), ...flag('locked')],
  journal: (row) => row('client_id'),
  touches: [{ kind: 'project', by: 'id', of: ['client_id'] }],
}
