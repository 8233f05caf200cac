import { byColumn, byFlag, idOf, itemBody, itemHandler, listHandler, type Api, type Filters } from '../http/api'
import { conflict, missing } from '../http/errors'
import { inputOf } from '../http/input'
import type { Answer, Call, Field, Resource } from '../http/handler'
import { wire, wireName } from '../profile'
import { bodyOf, rewrite } from '../rows'
import { putNote } from '../seed/notes'
import type { StoredRow } from '../store'

interface NoteInput {
  readonly text: string
  /** Naive, to the minute. */
  readonly alert: string | null
}

function noteInput(api: Api, call: Call): NoteInput {
  const { profile, time } = api.cloud
  const input = inputOf(call.body, call.language)
  const text = input.string(wireName(profile, 'note', 'text'), { max: profile.writable.note.text.max_length ?? 2000 })
  const alert = input.datetime(wireName(profile, 'note', 'alert'), time)
  input.check()
  return { text, alert: alert === null ? null : time.minutes(alert) }
}

function create(api: Api, call: Call): Answer {
  const { cloud, random } = api
  const client = cloud.store.byId('client', idOf(call))
  if (client === undefined) throw missing()
  const input = noteInput(api, call)
  const now = cloud.clock.now()
  const id = random.uuid()
  const named = { id: client.id, name: String(bodyOf(client)['name']) }
  const note = { id, created: cloud.time.stamp(now, random), client: named, author: cloud.me, ...input, confirmed: false, system: false }
  putNote(
    {
      cloud,
      put: (_, __, body, columns) =>
        void cloud.store.insert('note', { ctime: note.created, name: null, cn: client.n, ...columns, body: JSON.stringify(body) }),
    },
    note,
    now,
  )
  return { status: 201, body: itemBody(api, 'note', id) }
}

/** System notes belong to the platform. */
function changeable(api: Api, call: Call): StoredRow {
  const row = api.cloud.store.byId('note', idOf(call))
  if (row === undefined) throw missing()
  if (row['system'] === 1) throw conflict(call.language, 'object_protected', [{ type: 'note', id: row.id }])
  return row
}

function save(api: Api, row: StoredRow, fields: Record<string, unknown>, columns: Record<string, string | number | null>): Answer {
  const { cloud } = api
  const modified = cloud.time.stamp(cloud.clock.now(), api.random)
  rewrite(cloud, 'note', row, wire(cloud.profile, 'note', { ...fields, modified }), columns)
  return { body: itemBody(api, 'note', row.id) }
}

function change(api: Api, call: Call): Answer {
  const row = changeable(api, call)
  const { text, alert } = noteInput(api, call)
  return save(api, row, { text, alert }, { alert })
}

function remove(api: Api, call: Call): Answer {
  api.cloud.store.remove('note', changeable(api, call).n)
  return {}
}

function filtersOf(api: Api): Filters {
  const { alert, system, confirmed, author } = api.cloud.profile.queries
  return {
    [alert]: (value) => ({ sql: value === 'true' ? 'alert IS NOT NULL' : 'alert IS NULL' }),
    [system]: byFlag('system'),
    [confirmed]: byFlag('confirmed'),
    [author]: byColumn('author'),
  }
}

function writable(api: Api): Record<string, Field> {
  const { profile } = api.cloud
  return {
    [wireName(profile, 'note', 'text')]: profile.writable.note.text,
    [wireName(profile, 'note', 'alert')]: profile.writable.note.alert,
  }
}

export function noteRoutes(api: Api): Resource[] {
  const { paths, queries } = api.cloud.profile
  const filters = filtersOf(api)
  const fields = writable(api)
  const ofClient = listHandler(api, 'note', filters, (call) => {
    if (api.cloud.store.byId('client', idOf(call)) === undefined) throw missing()
    return [byColumn('client')(idOf(call))]
  })
  const write = (call: Call) => change(api, call)
  const confirm = (call: Call) => save(api, changeable(api, call), { confirmed: true }, { confirmed: 1 })
  const item = { GET: itemHandler(api, 'note'), PUT: write, PATCH: write, DELETE: (call: Call) => remove(api, call) }
  return [
    {
      path: paths.notes,
      name: 'Note List',
      kind: 'read',
      handlers: { GET: listHandler(api, 'note', { ...filters, [queries.client]: byColumn('client') }) },
    },
    { path: paths.note, name: 'Note Instance', kind: 'item', handlers: item, writable: fields },
    { path: paths.noteConfirm, name: 'Note Confirm', kind: 'action', handlers: { POST: confirm } },
    {
      path: paths.clientNotes,
      name: 'Client Note List',
      kind: 'list',
      handlers: { GET: ofClient, POST: (call) => create(api, call) },
      writable: fields,
    },
  ]
}
