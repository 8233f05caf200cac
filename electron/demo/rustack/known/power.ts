import { idOf, missing, type Api } from '../http/api'
import { conflict, missingDetail } from '../http/errors'
import { inputOf } from '../http/input'
import type { Answer, Call, Resource } from '../http/resource'
import { setPower } from '../changes/servers'
import { bodyOf, rewrite } from '../rows'

/** Switching a server on or off: the server is locked and a job runs, whose id is told in a header. */
function changePower(api: Api, call: Call): Answer {
  const { cloud, jobs } = api
  const row = cloud.store.byId('vm', idOf(call))
  if (row === undefined) throw missing('vm')
  const input = inputOf(call.body, call.language)
  const power = input.boolean('power')
  input.check()
  const locked = bodyOf(row)
  if (locked['locked'] === true) throw conflict(call.language, 'object_locked', [{ type: 'vm', id: row.id, job_id: locked['job_id'] }])
  const job = jobs.start(power ? 'vm_power_on' : 'vm_power_off', () => {
    setPower(cloud, row.id, power)
  })
  rewrite(cloud, 'vm', row, { locked: true, job_id: job })
  return { status: 204, headers: { 'x-esu-tasks': job } }
}

function showJob(api: Api, call: Call): Answer {
  const job = api.jobs.find(idOf(call))
  if (job === undefined) throw missingDetail()
  return { body: { status: 'running', name: job.name } }
}

export function powerRoutes(api: Api): Resource[] {
  const writable = { power: { type: 'boolean', required: true, label: 'Питание' } }
  return [
    { path: '/v1/vm/:id/state', name: 'Vm State', kind: 'action', handlers: { POST: (call) => changePower(api, call) }, writable },
    { path: '/v1/job/:id', name: 'Job Instance', kind: 'read', handlers: { GET: (call) => showJob(api, call) } },
  ]
}
