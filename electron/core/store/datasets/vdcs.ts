import { entities } from '@shared/domain/entities'
import { columnsOf } from './columns'
import type { DatasetDescriptor } from './descriptor'
import { clientOfProject, clientOfVdc } from './owners'

const { text, integer, kindRef } = columnsOf(entities.vdcs)

export const vdcs: DatasetDescriptor<'vdcs'> = {
  dataset: 'vdcs',
  table: 'vdc',
  columns: [...text('name'), ...integer('createdAt'), ...text('projectId'), ...kindRef('hypervisor', 'type')],
  journal: (row, context) => clientOfProject(context, row('project_id')) ?? clientOfVdc(context, row('id')),
  touches: [{ kind: 'vdc', by: 'id', of: ['project_id', 'hypervisor_id', 'hypervisor_name', 'hypervisor_type'] }],
}
