import { byColumn, byName, idOf, itemBody, listHandler, type Api } from '../http/api'
import { conflict, missing } from '../http/errors'
import { inputOf } from '../http/input'
import type { Answer, Call, Field, Resource } from '../http/handler'
import { countProjects, newProject } from '../changes/additions'
import { spread } from '../changes/copies'
import { rewrite } from '../rows'
import type { StoredRow } from '../store'

const WRITABLE: Readonly<Record<string, Field>> = {
  name: { type: 'string', required: true, label: 'Имя', max_length: 255 },
  client: { type: 'field', required: true, label: 'Клиент' },
  tags: { type: 'list', required: false, label: 'Теги' },
}

/** Single answers carry two flags that the list leaves out. */
const withFlags = (body: string) => `${body.slice(0, -1)},"dnsaas_feature":false,"s3_feature":false}`

function tagsOf(api: Api, body: unknown): { id: string; name: string }[] {
  const names = (body as { tags?: unknown }).tags
  return Array.isArray(names) ? names.filter((one) => typeof one === 'string').map((name) => ({ id: api.random.uuid(), name })) : []
}

function create(api: Api, call: Call): Answer {
  const { store } = api.cloud
  const input = inputOf(call.body, call.language)
  const name = input.string('name')
  const clientId = input.string('client')
  const client = store.byId('client', clientId)
  if (clientId !== '' && client === undefined) input.complain('client', 'noObject', clientId)
  input.check()
  const moment = { cloud: api.cloud, random: api.random, at: api.cloud.moment() }
  const id = api.cloud.store.transaction(() => newProject(moment, client as StoredRow, { name, tags: tagsOf(api, call.body) }))
  return { status: 201, body: withFlags(itemBody(api, 'project', id)) }
}

function found(api: Api, call: Call): StoredRow {
  const row = api.cloud.store.byId('project', idOf(call))
  if (row === undefined) throw missing()
  return row
}

function change(api: Api, call: Call): Answer {
  const row = found(api, call)
  const input = inputOf(call.body, call.language)
  const name = input.string('name')
  input.check()
  const tags = 'tags' in (call.body as object) ? { tags: tagsOf(api, call.body) } : {}
  api.cloud.store.transaction(() => {
    rewrite(api.cloud, 'project', row, { name, ...tags })
    spread(api.cloud, 'project', row, { name })
  })
  return { body: withFlags(itemBody(api, 'project', row.id)) }
}

function remove(api: Api, call: Call): Answer {
  const row = found(api, call)
  const vdcs = api.cloud.store.rowsBy('vdc', 'project', row.id)
  if (vdcs.length > 0)
    throw conflict(
      call.language,
      'object_protected',
      vdcs.map((vdc) => vdc.id),
    )
  api.cloud.store.transaction(() => {
    api.cloud.store.remove('project', row.n)
    countProjects(api.cloud, Number(row['cn']))
  })
  return {}
}

export function projectRoutes(api: Api): Resource[] {
  const filters = { client: byColumn('client'), name: byName }
  const item = (call: Call): Answer => ({ body: withFlags(itemBody(api, 'project', idOf(call))) })
  const write = (call: Call) => change(api, call)
  return [
    {
      path: '/v1/project',
      name: 'Project List',
      kind: 'list',
      handlers: { GET: listHandler(api, 'project', filters), POST: (call) => create(api, call) },
      writable: WRITABLE,
    },
    {
      path: '/v1/project/:id',
      name: 'Project Instance',
      kind: 'item',
      handlers: { GET: item, PUT: write, PATCH: write, DELETE: (call) => remove(api, call) },
      writable: WRITABLE,
    },
  ]
}
