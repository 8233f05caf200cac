import { entities } from '@shared/domain/entities'
import { columnsOf } from './columns'
import type { DatasetDescriptor } from './descriptor'

const { text, real, kindRef } = columnsOf(entities.limits)

export const limits: DatasetDescriptor<'limits'> = {
  dataset: 'limits',
  table: 'client_limit',
  columns: [...text('owner', 'ownerId'), ...kindRef('hypervisor', 'type'), ...text('type', 'typeCode'), ...real('value')],
  journal: (row) => (row('owner') === 'client' ? row('owner_id') : null),
  touches: [{ kind: 'client', by: 'owner_id', of: ['hypervisor_id', 'hypervisor_name', 'type', 'value'] }],
}
