import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseBreaks } from '../breaks'
import { parseFaults } from '../faults'
import { isBackupName, restoreBackup, takeBackup } from '../rustack/snapshots'
import { moveClock } from './clock'
import { ControlError, type ControlParts } from './parts'
import { mutate } from './mutate'

/** What moves the simulated cloud or spoils its API. */
const faultsBody = z.strictObject({ faults: z.string().optional(), latency: z.number().min(0).optional() })
const breakBody = z.strictObject({ break: z.string().default('') })
const backupBody = z.strictObject({ name: z.string().refine(isBackupName).default('default') })
const jobsBody = z.strictObject({ failing: z.int().min(0).max(10_000).optional(), ms: z.int().min(0).max(600_000).optional() })
const churnBody = z.union([
  z.strictObject({ rate: z.number().min(0).max(1000) }),
  z.strictObject({ count: z.int().min(1).max(100_000), seed: z.int().min(0).default(0) }),
])

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body ?? {})
  if (!result.success) throw new ControlError(400, z.prettifyError(result.error))
  return result.data
}

/** A wrong specification is the caller's mistake. */
function attempt(work: () => void): void {
  try {
    work()
  } catch (error) {
    throw new ControlError(400, (error as Error).message)
  }
}

function setFaults({ api }: ControlParts, body: unknown): object {
  const { faults, latency } = read(faultsBody, body)
  attempt(() => {
    if (faults !== undefined) api.dice.replace(parseFaults(faults))
  })
  if (latency !== undefined) api.setLatency(latency)
  return { ok: true, faults: api.dice.rates() }
}

function setBreaks({ api }: ControlParts, body: unknown): object {
  const spec = read(breakBody, body)
  attempt(() => {
    api.breaks.replace(parseBreaks(spec.break))
  })
  return { ok: true, breaks: api.breaks.list() }
}

function moveChurn({ churn, pace }: ControlParts, body: unknown): object {
  const wanted = read(churnBody, body)
  if ('count' in wanted) return { ok: true, changes: churn.change(wanted.count, wanted.seed) }
  pace.setRate(wanted.rate)
  return { ok: true, rate: pace.rate(), made: pace.made() }
}

/** Restored from a backup: the rows of then; jobs that were running are gone with what had ordered them. */
function restore({ cloud, api }: ControlParts, body: unknown): object {
  const { name } = read(backupBody, body)
  if (!restoreBackup(cloud, name)) throw new ControlError(404, `no backup ${name}`)
  api.dropJobs()
  return { ok: true }
}

export function addMoving(app: FastifyInstance, parts: ControlParts): void {
  const { cloud, api, listener, simulation, pace } = parts
  app.post('/faults', (request) => setFaults(parts, request.body))
  app.post('/break', (request) => setBreaks(parts, request.body))
  app.post('/jobs', (request) => {
    const { failing, ms } = read(jobsBody, request.body)
    api.orderJobs({ failing, durationMs: ms })
    return { ok: true }
  })
  app.get('/churn', () => ({ rate: pace.rate(), made: pace.made() }))
  app.post('/churn', (request) => moveChurn(parts, request.body))
  app.post('/snapshot', (request) => {
    takeBackup(cloud, read(backupBody, request.body).name)
    return { ok: true }
  })
  app.post('/restore', (request) => restore(parts, request.body))
  app.post('/clock', async (request) => {
    const moved = moveClock(cloud.clock, request.body)
    await simulation.catchUp()
    return moved
  })
  app.post('/mutate', (request) => mutate(cloud, api, request.body))
  app.post('/down', async () => {
    await listener.down()
    return { ok: true, up: listener.isUp() }
  })
  app.post('/up', async () => {
    await listener.up()
    return { ok: true, up: listener.isUp() }
  })
}
