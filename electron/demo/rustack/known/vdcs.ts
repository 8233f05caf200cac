import { newVdc } from '../changes/additions'
import { removeRow } from '../changes/removals'
import { spread } from '../changes/copies'
import { byColumn, byName, idOf, itemBody, itemHandler, listHandler, type Api } from '../http/api'
import { conflict, missing } from '../http/errors'
import { inputOf } from '../http/input'
import type { Answer, Call, Field, Resource } from '../http/handler'
import { bodyOf, rewrite } from '../rows'
import type { StoredRow } from '../store'
import { TASKS } from '../jobs'
import { limitReached } from '../limits'
import type { Vdc } from './shapes'

const WRITABLE: Readonly<Record<string, Field>> = {
  name: { type: 'string', required: true, label: 'Имя', max_length: 255 },
  project: { type: 'field', required: true, label: 'Проект' },
  hypervisor: { type: 'field', required: true, label: 'Гипервизор' },
  tags: { type: 'list', required: false, label: 'Теги' },
}

function read(api: Api, call: Call): { project: StoredRow; vdc: Vdc } {
  const input = inputOf(call.body, call.language)
  const [name, projectId, hypervisorId] = [input.string('name'), input.string('project'), input.string('hypervisor')]
  const project = api.cloud.store.byId('project', projectId)
  const hypervisor = api.cloud.catalogue.hypervisors.findIndex((one) => one.id === hypervisorId)
  if (projectId !== '' && project === undefined) input.complain('project', 'noObject', projectId)
  if (hypervisorId !== '' && hypervisor < 0) input.complain('hypervisor', 'noObject', hypervisorId)
  input.check()
  return { project: project as StoredRow, vdc: { id: api.random.uuid(), name, hypervisor } }
}

/** A data centre comes with its default network, so the client's limit of networks can stand in the way. */
function create(api: Api, call: Call): Answer {
  const { cloud, random } = api
  const { project, vdc } = read(api, call)
  const cn = Number(project['cn'])
  const full = limitReached(cloud, cn, vdc.hypervisor, 'network', 1)
  if (full !== undefined) throw conflict(call.language, 'limit_exceeded', [full])
  cloud.store.transaction(() => {
    newVdc({ cloud, random, at: cloud.moment() }, project, vdc)
  })
  const job = lockFor(api, 'vdc_create', vdc.id, (row) => {
    rewrite(cloud, 'vdc', row, { locked: false, job_id: null })
  })
  return { status: 201, body: itemBody(api, 'vdc', vdc.id), headers: { [TASKS]: job } }
}

/** Locks the data centre until the job has done its work on it. */
function lockFor(api: Api, name: string, id: string, work: (row: StoredRow) => void): string {
  const { cloud, jobs } = api
  const onRow = (change: (row: StoredRow) => void) => () => {
    const row = cloud.store.byId('vdc', id)
    if (row !== undefined) change(row)
  }
  const free = onRow((row) => {
    rewrite(cloud, 'vdc', row, { locked: false, job_id: null })
  })
  const job = jobs.start(name, { finish: onRow(work), fail: free })
  const row = cloud.store.byId('vdc', id)
  if (row !== undefined) rewrite(cloud, 'vdc', row, { locked: true, job_id: job })
  return job
}

function found(api: Api, call: Call): StoredRow {
  const row = api.cloud.store.byId('vdc', idOf(call))
  if (row === undefined) throw missing()
  return row
}

/** A subset is enough: only the name can change. */
function change(api: Api, call: Call): Answer {
  const row = found(api, call)
  const input = inputOf(call.body, call.language)
  const name = input.string('name')
  input.check()
  api.cloud.store.transaction(() => {
    rewrite(api.cloud, 'vdc', row, { name })
    spread(api.cloud, 'vdc', row, { name })
  })
  return { body: itemBody(api, 'vdc', row.id) }
}

/** The answer is the locked record, which is gone when the job is done. */
function remove(api: Api, call: Call): Answer {
  const row = found(api, call)
  const servers = api.cloud.store.rowsBy('vm', 'vdc', row.id)
  if (servers.length > 0)
    throw conflict(
      call.language,
      'object_protected',
      servers.map((one) => ({ type: 'vm', id: one.id })),
    )
  const { ctime, name, locked, job_id } = bodyOf(row)
  if (locked === true) throw conflict(call.language, 'object_locked', [{ type: 'vdc', id: row.id, job_id }])
  const job = lockFor(api, 'vdc_delete', row.id, (last) => {
    removeRow(api.cloud, 'vdc', last, api.cloud.clock.now())
  })
  return { body: { id: row.id, ctime, locked: true, job_id: job, name }, headers: { [TASKS]: job } }
}

export function vdcRoutes(api: Api): Resource[] {
  const filters = { project: byColumn('project'), name: byName }
  const write = (call: Call) => change(api, call)
  const list = { GET: listHandler(api, 'vdc', filters), POST: (call: Call) => create(api, call) }
  const item = { GET: itemHandler(api, 'vdc'), PUT: write, PATCH: write, DELETE: (call: Call) => remove(api, call) }
  return [
    { path: '/v1/vdc', name: 'Vdc List', kind: 'list', handlers: list, writable: WRITABLE },
    { path: '/v1/vdc/:id', name: 'Vdc Instance', kind: 'item', handlers: item, writable: WRITABLE },
  ]
}
