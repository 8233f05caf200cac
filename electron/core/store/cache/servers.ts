import { foldText } from '@shared/domain/search-text'
import { flag, named, type EntityTable } from './entity-table'
import { clientOfVdc } from './projects'

export const serverTable: EntityTable<'servers'> = {
  dataset: 'servers',
  table: 'server',
  columns: [
    ...named('name'),
    ['name_folded', null],
    ...named('hostname', 'created_at', 'vdc_id', 'cpu', 'ram_gb', 'power', 'locked', 'template_name'),
  ],
  cells: (server) => [
    server.name,
    foldText(server.name),
    server.hostname,
    server.createdAt,
    server.vdcId,
    server.cpu,
    server.ramGb,
    flag(server.power),
    flag(server.locked),
    server.templateName,
  ],
  touches: [{ kind: 'vdc', by: 'vdc_id', of: ['cpu', 'ram_gb'] }],
  clientOf: (server, context) => clientOfVdc(context, server.vdcId),
  // Its client is looked up when it is found: while servers are walked, their VDCs may not be there yet.
  search: (server) => ({ kind: 'server', clientId: null, text: `${server.name} ${server.hostname ?? ''}` }),
}
