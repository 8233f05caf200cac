import type { DatasetName } from '../datasets'
import { ApiError } from '../http/errors'
import { byColumn, byName, idOf, itemBody, itemHandler, listHandler, type Api, type Filters } from '../http/api'
import type { Call, Handler, Resource } from '../http/handler'
import { text } from '../http/texts'

/** Lists with a vdc= filter. */
const FILTERS: readonly (readonly [DatasetName, string, Filters])[] = [
  ['vm', 'Vm', { vdc: byColumn('vdc'), name: byName }],
  ['disk', 'Disk', { vdc: byColumn('vdc'), vm: byColumn('vm') }],
  ['network', 'Network', { vdc: byColumn('vdc'), defaults_only: (value) => ({ sql: value === 'true' ? 'standard = 1' : '1' }) }],
  ['router', 'Router', { vdc: byColumn('vdc'), name: byName }],
  ['port', 'Port', { vdc: byColumn('vdc'), filter_type: (value) => ({ sql: value === 'external' ? 'external = 1' : '1' }) }],
]

/** Some deployments list ports only for one data centre at a time. */
function ofOneVdc(api: Api, list: Handler): Handler {
  return (call: Call) => {
    const vdc = call.query.get('vdc') ?? ''
    if (api.quirks.strict && vdc === '') throw new ApiError(400, { vdc: [text(call.language, 'required')] })
    return list(call)
  }
}

/** Only the single answer carries a server's metadata. */
function showServer(api: Api, call: Call): { body: string } {
  const body = itemBody(api, 'vm', idOf(call))
  return { body: `${body.slice(0, -1)},"metadata":[]}` }
}

export function inventoryRoutes(api: Api): Resource[] {
  return FILTERS.flatMap(([dataset, name, filters]): Resource[] => {
    const list = listHandler(api, dataset, filters)
    const item = dataset === 'vm' ? (call: Call) => showServer(api, call) : itemHandler(api, dataset)
    return [
      { path: `/v1/${dataset}`, name: `${name} List`, kind: 'list', handlers: { GET: dataset === 'port' ? ofOneVdc(api, list) : list } },
      { path: `/v1/${dataset}/:id`, name: `${name} Instance`, kind: 'item', handlers: { GET: item } },
    ]
  })
}
