import { entities } from '@shared/domain/entities'
import { columnsOf } from './columns'
import type { DatasetDescriptor } from './descriptor'
import { clientOfVdc } from './owners'

const port = columnsOf(entities.ports)

export const networks: DatasetDescriptor<'networks'> = {
  dataset: 'networks',
  table: 'network',
  columns: columnsOf(entities.networks).text('name', 'vdcId'),
  journal: (row, context) => clientOfVdc(context, row('vdc_id')),
  touches: [{ kind: 'vdc', by: 'vdc_id', of: [] }],
}

export const routers: DatasetDescriptor<'routers'> = {
  dataset: 'routers',
  table: 'router',
  columns: columnsOf(entities.routers).text('name', 'vdcId'),
  journal: (row, context) => clientOfVdc(context, row('vdc_id')),
  touches: [{ kind: 'vdc', by: 'vdc_id', of: [] }],
}

export const ports: DatasetDescriptor<'ports'> = {
  dataset: 'ports',
  table: 'port',
  columns: [...port.text('vdcId', 'type', 'ip'), ...port.flag('external')],
  journal: (row, context) => clientOfVdc(context, row('vdc_id')),
  touches: [{ kind: 'vdc', by: 'vdc_id', of: ['external'] }],
}
