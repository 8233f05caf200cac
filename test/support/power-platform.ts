import { AppError } from '../../shared/errors'
import type { PowerOrder } from '../../shared/domain/codes'
import type { PowerWrites } from '../../electron/core/platforms/port/writes'
import type { TestClock } from './core-clock'

export type PowerFate = 'ok' | 'refused' | 'lost-request' | 'lost-answer' | 'error-after' | 'slow' | 'forbidden'
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const JOB_MS = 20_000

interface Job {
  id: string
  order: PowerOrder
  endsAt: number
  fails: boolean
  power: boolean
  state: 'running' | 'done' | 'failed'
}

/** One server in memory, which is switched by jobs that may fail at their end. */
export const createPowerPlatform = (clock: TestClock) => {
  const server = { power: true, job: null as Job | null }
  const fates: PowerFate[] = []
  const jobFails: boolean[] = []
  const orders: PowerOrder[] = []
  const readFates: ('ok' | 'refused')[] = []
  /** Every order that was taken, as the job that it became. */
  const taken: Job[] = []
  let ids = 0
  const work = (): void => {
    const { job } = server
    if (!job || clock.elapsed() < job.endsAt) return
    job.state = job.fails ? 'failed' : 'done'
    if (!job.fails) server.power = job.power
    server.job = null
  }
  const begin = (order: PowerOrder): string => {
    work()
    if (server.job) throw new AppError('locked', 'the server is locked')
    orders.push(order)
    const power = order === 'reboot' ? server.power : order === 'on'
    const job: Job = {
      id: `j${String(++ids)}`,
      order,
      endsAt: clock.elapsed() + JOB_MS,
      fails: jobFails.shift() ?? false,
      power,
      state: 'running',
    }
    server.job = job
    taken.push(job)
    return job.id
  }
  const read = async (): Promise<void> => {
    const fate = readFates.shift() ?? 'ok'
    await turn()
    if (fate === 'refused') throw new AppError('refused', 'nothing listens')
  }
  const power: PowerWrites = {
    order: async (_serverId, order, signal) => {
      const fate = fates.shift() ?? 'ok'
      await turn()
      if (fate === 'refused') throw new AppError('refused', 'nothing listens')
      if (fate === 'forbidden') throw new AppError('forbidden', 'no')
      if (fate === 'lost-request') throw new AppError('offline', 'cut off')
      const jobId = begin(order)
      if (fate === 'lost-answer') throw new AppError('timeout', 'no answer')
      if (fate === 'error-after') throw new AppError('platform-error', '502')
      if (fate === 'slow')
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(AppError.from(signal.reason))
          })
        })
      return { jobId }
    },
    server: async () => {
      await read()
      work()
      return { power: server.power, locked: server.job !== null, jobId: server.job?.id ?? null }
    },
    job: async (jobId) => {
      await read()
      work()
      if (server.job?.id === jobId) return { state: 'running', step: 'vm_power' }
      return taken.some(({ id, state }) => id === jobId && state === 'failed')
        ? { state: 'failed', step: 'vm_power' }
        : { state: 'finished', step: null }
    },
  }
  return { server, fates, readFates, jobFails, orders, taken, power }
}
export type PowerPlatform = ReturnType<typeof createPowerPlatform>
