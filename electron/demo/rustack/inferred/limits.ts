import type { Cloud } from '../cloud'
import { hole } from '../fragments'
import { byColumn, idOf, itemBody, listHandler, type Api } from '../http/api'
import { conflict, missing } from '../http/errors'
import { inputOf } from '../http/input'
import type { Answer, Call, Handler, Resource } from '../http/handler'
import { wire, wireName } from '../profile'
import { bodyOf, rewrite } from '../rows'
import type { StoredRow } from '../store'
import { limitBody } from './shapes'

/** The rows of one owner; an owner that does not exist is 404, not an empty list. */
function owned(api: Api, dataset: 'limit' | 'partner_limit', owner: 'client' | 'partner'): Handler {
  return listHandler(api, dataset, {}, (call) => {
    if (api.cloud.store.byId(owner, idOf(call)) === undefined) throw missing()
    return [byColumn(owner)(idOf(call))]
  })
}

const names = ({ profile }: Cloud) => ({
  hypervisor: wireName(profile, 'limit', 'hypervisor'),
  type: wireName(profile, 'limit', 'type'),
  value: wireName(profile, 'limit', 'value'),
})

function clientOf(api: Api, call: Call): StoredRow {
  const row = api.cloud.store.byId('client', idOf(call))
  if (row === undefined) throw missing()
  return row
}

/** A limit of this client; one of another is not there. */
function limitOf(api: Api, call: Call): StoredRow {
  const client = clientOf(api, call)
  const row = api.cloud.store.byId('limit', call.params['limit'] ?? '')
  if (row === undefined || row['client'] !== client.id) throw missing()
  return row
}

/** Numbers of the hypervisors that are open to the client, as its body names them. */
function openTo(cloud: Cloud, client: StoredRow): number[] {
  const allowed = bodyOf(client)['allowed_hypervisors']
  return [...cloud.catalogue.hypervisors.keys()].filter((at) => Array.isArray(allowed) && allowed.includes(hole(`H${at}`)))
}

/** No client gets more than its partner has itself. */
function refuseAbovePartner(api: Api, call: Call, wanted: { client: StoredRow; hypervisor: unknown; type: unknown; value: number }): void {
  const { store } = api.cloud
  const own = names(api.cloud)
  const rows = store.rowsBy('partner_limit', 'partner', wanted.client['partner'] ?? null).map(bodyOf)
  const limit = rows.find((row) => row[own.type] === wanted.type && row[own.hypervisor] === wanted.hypervisor)
  if (limit === undefined || wanted.value <= Number(limit[own.value])) return
  throw conflict(call.language, 'limit_exceeded', [{ type: wanted.type, limit: limit[own.value], value: wanted.value }])
}

function create(api: Api, call: Call): Answer {
  const { cloud } = api
  const client = clientOf(api, call)
  const own = names(cloud)
  const open = openTo(cloud, client)
  const input = inputOf(call.body, call.language)
  const ids = open.map((at) => cloud.catalogue.hypervisors[at]?.id ?? '')
  const chosen = input.choice(own.hypervisor, ids)
  const type = input.choice(own.type, cloud.profile.limitTypes)
  const value = input.integer(own.value)
  const hypervisor = open[ids.indexOf(chosen ?? '')] ?? -1
  const twice = cloud.store
    .rowsBy('limit', 'client', client.id)
    .map(bodyOf)
    .some((row) => row[own.type] === type && row[own.hypervisor] === hole(`h${hypervisor}`))
  if (twice) input.complain('non_field_errors', 'unique', `${own.hypervisor}, ${own.type}`)
  input.check()
  refuseAbovePartner(api, call, { client, hypervisor: hole(`h${hypervisor}`), type, value })
  const id = api.random.uuid()
  const ctime = cloud.time.stamp(cloud.clock.now(), api.random)
  const body = JSON.stringify(limitBody(cloud.profile, id, hypervisor, type ?? '', value))
  cloud.store.insert('limit', { id, ctime, name: null, client: client.id, cn: client.n, value, body })
  return { status: 201, body: itemBody(api, 'limit', id) }
}

/** Hypervisor and type stay what they are. */
function change(api: Api, call: Call): Answer {
  const { cloud } = api
  const row = limitOf(api, call)
  const own = names(cloud)
  const input = inputOf(call.body, call.language)
  const value = input.integer(own.value)
  input.check()
  const body = bodyOf(row)
  refuseAbovePartner(api, call, { client: clientOf(api, call), hypervisor: body[own.hypervisor], type: body[own.type], value })
  rewrite(cloud, 'limit', row, wire(cloud.profile, 'limit', { value }), { value })
  return { body: itemBody(api, 'limit', row.id) }
}

function remove(api: Api, call: Call): Answer {
  api.cloud.store.remove('limit', limitOf(api, call).n)
  return {}
}

function show(api: Api, call: Call): Answer {
  return { body: itemBody(api, 'limit', limitOf(api, call).id) }
}

/** A partner's own limits are set by the provider: here they can only be read. */
export function limitRoutes(api: Api): Resource[] {
  const { paths, limitTypes } = api.cloud.profile
  const own = names(api.cloud)
  const value = { type: 'integer', required: true, label: 'Значение' }
  const choices = limitTypes.map((one) => ({ value: one, display_name: one }))
  const fields = {
    [own.hypervisor]: { type: 'field', required: true, label: 'Гипервизор' },
    [own.type]: { type: 'choice', required: true, label: 'Тип', choices },
    [own.value]: value,
  }
  const item = {
    GET: (call: Call) => show(api, call),
    PUT: (call: Call) => change(api, call),
    PATCH: (call: Call) => change(api, call),
    DELETE: (call: Call) => remove(api, call),
  }
  return [
    { path: paths.partnerLimits, name: 'Partner Limit List', kind: 'read', handlers: { GET: owned(api, 'partner_limit', 'partner') } },
    {
      path: paths.clientLimits,
      name: 'Client Limit List',
      kind: 'list',
      handlers: { GET: owned(api, 'limit', 'client'), POST: (call) => create(api, call) },
      writable: fields,
    },
    { path: paths.clientLimit, name: 'Client Limit Instance', kind: 'item', handlers: item, writable: { [own.value]: value } },
  ]
}
