import { flag, named, type EntityTable } from './entity-table'
import { clientOfVdc } from './projects'

export const networkTable: EntityTable<'networks'> = {
  dataset: 'networks',
  table: 'network',
  columns: named('name', 'vdc_id'),
  cells: (network) => [network.name, network.vdcId],
  touches: [{ kind: 'vdc', by: 'vdc_id', of: [] }],
  clientOf: (network, context) => clientOfVdc(context, network.vdcId),
}

export const routerTable: EntityTable<'routers'> = {
  dataset: 'routers',
  table: 'router',
  columns: named('name', 'vdc_id'),
  cells: (router) => [router.name, router.vdcId],
  touches: [{ kind: 'vdc', by: 'vdc_id', of: [] }],
  clientOf: (router, context) => clientOfVdc(context, router.vdcId),
}

export const portTable: EntityTable<'ports'> = {
  dataset: 'ports',
  table: 'port',
  columns: named('vdc_id', 'type', 'ip', 'external'),
  cells: (port) => [port.vdcId, port.type, port.ip, flag(port.external)],
  touches: [{ kind: 'vdc', by: 'vdc_id', of: ['external'] }],
  clientOf: (port, context) => clientOfVdc(context, port.vdcId),
}
