import { missing, missingPart } from '../http/errors'
import { arrayPage, type PageLimit } from '../http/listing'
import { idOf, type Api } from '../http/api'
import type { Answer, Call, Resource } from '../http/handler'
import { isExternal, type PortType } from './network-shapes'
import { bodyOf } from '../rows'

/** What nobody of this cloud has ordered: the lists answer, and are empty. The number is what they have a page, where it was seen. */
const LISTS: readonly (readonly [string, string, number?])[] = [
  ['firewall', 'Firewall Template'],
  ['backup', 'Backup'],
  ['image', 'Image'],
  ['dns', 'Dns'],
  ['s3_storage', 'S3 Storage'],
  ['kubernetes', 'Kubernetes'],
  ['kubernetes_template', 'Kubernetes Template', 100],
  ['lbaas', 'Lbaas'],
  ['paas', 'Paas'],
  ['paas_service', 'Paas Service'],
  ['paas_template', 'Paas Template', 1],
  ['port_forwarding', 'Port Forwarding'],
  ['affinity_group', 'Affinity Group'],
]
/** Their parts: without an owner there are none to list. */
const PARTS = ['firewall/:id/rule', 'backup/:id/restore_points', 'dns/:id/record', 'kubernetes/:id/config', 'lbaas/:id/pool']

const gone = (): Answer => {
  throw missing()
}
const gonePart = (): Answer => {
  throw missingPart()
}

/** A public address in use, by the id that a server or a router shows it under. */
function floating(api: Api, call: Call): Answer {
  const row = api.cloud.store.byId('port', idOf(call))
  const body = row === undefined ? {} : bodyOf(row)
  if (row === undefined || !isExternal(body['type'] as PortType)) throw missing()
  return { body: { id: row.id, ip_address: body['ip_address'] } }
}

function routes(api: Api, call: Call): Answer {
  if (api.cloud.store.byId('router', idOf(call)) === undefined) throw missing()
  return { body: arrayPage([], call.query, api.pageLimit) }
}

export function unusedRoutes(api: Api): Resource[] {
  const empty = (path: string, name: string, limit: PageLimit): Resource => {
    return { path, name: `${name} List`, kind: 'list', handlers: { GET: (call) => ({ body: arrayPage([], call.query, limit) }) } }
  }
  const item = (path: string, name: string, get: (call: Call) => Answer): Resource => {
    return { path, name: `${name} Instance`, kind: 'item', handlers: { GET: get } }
  }
  return [
    ...LISTS.flatMap(([path, name, size]) => [
      empty(`/v1/${path}`, name, size === undefined ? api.pageLimit : () => size),
      item(`/v1/${path}/:id`, name, path === 'port_forwarding' ? gonePart : gone),
    ]),
    ...PARTS.map((path) => item(`/v1/${path}`, 'Part', gone)),
    empty('/v1/backup/log', 'Backup Log', api.pageLimit),
    empty('/v2/snapshot', 'Snapshot', api.pageLimit),
    item('/v2/snapshot/:id', 'Snapshot', gone),
    item('/v1/floating/:id', 'Floating', (call) => floating(api, call)),
    { path: '/v1/router/:id/route', name: 'Route List', kind: 'list', handlers: { GET: (call) => routes(api, call) } },
    item('/v1/router/:id/route/:part', 'Route', gonePart),
  ]
}
