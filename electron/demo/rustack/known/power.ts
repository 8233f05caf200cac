import { idOf, type Api } from '../http/api'
import { conflict, missing } from '../http/errors'
import { inputOf } from '../http/input'
import type { Answer, Call, Resource } from '../http/handler'
import { setPower } from '../changes/servers'
import { bodyOf, rewrite } from '../rows'
import { TASKS } from '../jobs'

const ORDERS = ['power_on', 'power_off', 'reboot'] as const
const LABELS = { power_on: 'Включить', power_off: 'Выключить', reboot: 'Перезагрузить' } as const

/** Switching a server on or off: the server is locked and a job runs, whose id is told in a header. */
function order(api: Api, call: Call): Answer {
  const { cloud, jobs } = api
  const row = cloud.store.byId('vm', idOf(call))
  if (row === undefined) throw missing()
  const input = inputOf(call.body, call.language)
  const state = input.choice('state', ORDERS)
  input.check()
  const locked = bodyOf(row)
  if (locked['locked'] === true) throw conflict(call.language, 'object_locked', [{ type: 'vm', id: row.id, job_id: locked['job_id'] }])
  const powerNow = () => cloud.store.byId('vm', row.id)?.['power'] === 1
  const job = jobs.start(`vm_${state}`, {
    finish: () => {
      setPower(cloud, row.id, state === 'reboot' ? powerNow() : state === 'power_on')
    },
    fail: () => {
      setPower(cloud, row.id, powerNow())
    },
  })
  rewrite(cloud, 'vm', row, { locked: true, job_id: job })
  return { status: 204, headers: { [TASKS]: job } }
}

function showJob(api: Api, call: Call): Answer {
  const job = api.jobs.find(idOf(call))
  if (job === undefined) throw missing()
  return { body: { status: api.jobs.hasFailed(job.id) ? 'error' : 'running', name: job.name } }
}

export function powerRoutes(api: Api): Resource[] {
  const choices = ORDERS.map((value) => ({ value, display_name: LABELS[value] }))
  const writable = { state: { type: 'choice', required: true, label: 'Состояние', choices } }
  return [
    { path: '/v1/vm/:id/state', name: 'Vm State', kind: 'action', handlers: { POST: (call) => order(api, call) }, writable },
    { path: '/v1/job/:id', name: 'Job Instance', kind: 'read', handlers: { GET: (call) => showJob(api, call) } },
  ]
}
