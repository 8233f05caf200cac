import { entities } from '@shared/domain/entities'
import { columnsOf } from './columns'
import type { DatasetDescriptor } from './descriptor'
import { clientOfVdc } from './owners'

const { text, folded, integer, real, flag } = columnsOf(entities.servers)

export const servers: DatasetDescriptor<'servers'> = {
  dataset: 'servers',
  table: 'server',
  columns: [
    ...[...text('name'), ...folded('name'), ...text('hostname'), ...integer('createdAt'), ...text('vdcId')],
    ...[...real('cpu', 'ramGb'), ...flag('power', 'locked'), ...text('templateName')],
  ],
  journal: (row, context) => clientOfVdc(context, row('vdc_id')),
  // Its client is looked up when it is found: while servers are walked, their VDCs may not be there yet.
  search: { kind: 'server', text: (server) => `${server.name} ${server.hostname ?? ''}`, keepsClient: false },
  touches: [{ kind: 'vdc', by: 'vdc_id', of: ['cpu', 'ram_gb'] }],
}
