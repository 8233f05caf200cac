import { byColumn, idOf, itemBody, listHandler, type Api } from '../http/api'
import { missing } from '../http/errors'
import { inputOf } from '../http/input'
import type { Answer, Call, Field, Resource } from '../http/handler'
import { rewrite, type Body } from '../rows'
import { withoutRights } from '../inferred/rights'
import { fingerprintOf } from '../seed/partners'
import type { StoredRow } from '../store'

const KNOWN_FIELDS = ['id', 'login', 'username', 'email', 'phone', 'domain']
const WRITABLE: Readonly<Record<string, Field>> = {
  name: { type: 'string', required: true, label: 'Имя', max_length: 255 },
  public_key: { type: 'string', required: true, label: 'Открытый ключ' },
}

export interface AccountOptions {
  /** Only the fields that the vendor has published. */
  readonly knownOnly: boolean
}

/** `me` works in the place of an id. */
function accountId(api: Api, call: Call): string {
  const id = idOf(call)
  const own = id === 'me' ? api.cloud.me.id : id
  if (api.cloud.store.byId('account', own) === undefined) throw missing()
  return own
}

function showAccount(api: Api, call: Call, { knownOnly }: AccountOptions): Answer {
  const body = JSON.parse(itemBody(api, 'account', accountId(api, call))) as Body
  if (!knownOnly) return { body: withoutRights(api, body) }
  return { body: Object.fromEntries(Object.entries(body).filter(([key]) => KNOWN_FIELDS.includes(key))) }
}

function ownKey(api: Api, call: Call): StoredRow {
  const account = accountId(api, call)
  const row = api.cloud.store.byId('key', call.params['key'] ?? '')
  if (row === undefined || row['account'] !== account) throw missing()
  return row
}

function keyInput(call: Call): { name: string; public_key: string } {
  const input = inputOf(call.body, call.language)
  const fields = { name: input.string('name'), public_key: input.string('public_key', { max: 16_000 }) }
  input.check()
  return fields
}

function createKey(api: Api, call: Call): Answer {
  const { store, clock, time } = api.cloud
  const account = accountId(api, call)
  const key = { id: api.random.uuid(), ...keyInput(call), fingerprint: fingerprintOf(api.random) }
  const ctime = time.stamp(clock.now(), api.random)
  store.insert('key', { id: key.id, ctime, name: key.name.toLowerCase(), account, body: JSON.stringify(key) })
  return { status: 201, body: key }
}

function deleteKey(api: Api, call: Call): Answer {
  api.cloud.store.remove('key', ownKey(api, call).n)
  return {}
}

export function accountRoutes(api: Api, options: AccountOptions): Resource[] {
  const keys = listHandler(api, 'key', {}, (call) => [byColumn('account')(accountId(api, call))])
  const change = (call: Call): Answer => ({ body: rewrite(api.cloud, 'key', ownKey(api, call), keyInput(call)) })
  const one = {
    GET: (call: Call) => ({ body: ownKey(api, call).body }),
    PUT: change,
    PATCH: change,
    DELETE: (call: Call) => deleteKey(api, call),
  }
  return [
    { path: '/v1/account/:id', name: 'Account Instance', kind: 'item', handlers: { GET: (call) => showAccount(api, call, options) } },
    {
      path: '/v1/account/:id/key',
      name: 'Key List',
      kind: 'list',
      handlers: { GET: keys, POST: (call) => createKey(api, call) },
      writable: WRITABLE,
    },
    { path: '/v1/account/:id/key/:key', name: 'Key Instance', kind: 'item', handlers: one, writable: WRITABLE },
  ]
}
