import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AppError } from '@shared/errors'
import { RECOVERY_DOMAIN, type AskName, type Asks, type FromCore, type ToCore } from '@shared/ipc/host-protocol'
import type { Result } from '@shared/ipc/call'
import { systemClock } from './clock'
import { createCore, type Core } from './core'
import { asAppError } from './features/router'
import { createFaults, createLog } from './log'
import { recover } from './recovery'
import { prepareStore } from './store/connection'
import { setStoreAside } from './store/files'
import { adaptersBy, syncsBy } from './factories'
import { taskThreads } from './store/tasks/threads'

/** The message port of a utility process; the development stand-in has one of the same shape. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: ToCore }) => void): void
  postMessage(message: FromCore): void
}

const port = (process as NodeJS.Process & { parentPort?: ParentPort }).parentPort
if (!port) throw new Error('the core runs in a utility process only')

const send = (message: FromCore): void => {
  port.postMessage(message)
}

/** Asks the shell and settles by its answer. */
const createAsks = () => {
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  let count = 0
  return {
    ask: async <N extends AskName>(name: N, input: Asks[N]['input']): Promise<Asks[N]['output']> => {
      const id = ++count
      const result = await new Promise<Result<unknown>>((resolve) => {
        waiting.set(id, resolve)
        send({ type: 'ask', id, name, input })
      })
      if (!result.ok) throw new AppError(result.error.code, result.error.message, result.error.details)
      return result.value as Asks[N]['output']
    },
    answer: (id: number, result: Result<unknown>): void => {
      waiting.get(id)?.(result)
      waiting.delete(id)
    },
  }
}

/** A job that needs more than this fails alone. */
const MOST_JOB_MB = 512
/** Rows live for a moment only: a large young generation would only hold more of them. */
const MOST_FRESH_MB = 16

/** A few letters by which this run's faults are told from those of another. */
const run = randomBytes(2).toString('hex')
const log = createLog((line) => {
  send({ type: 'log', ...line })
})
const tell = createFaults(log, run)
const asks = createAsks()
/** Beside this file, as it is built. */
const tasks = taskThreads(new URL('./store-worker.js', import.meta.url))
let core: Core | null = null
/** What it was started with, while the store does not open. */
let closed: Extract<ToCore, { type: 'start' }> | null = null

const leave = (code: number): void => {
  process.exit(code)
}

const begin = async (message: Extract<ToCore, { type: 'start' }>): Promise<void> => {
  closed = null
  try {
    const { dataFolder, databaseKey } = message
    if (message.anew) setStoreAside(dataFolder, systemClock.now())
    const localChecked = await prepareStore({ folder: dataFolder, key: databaseKey, clock: systemClock, tasks })
    core = createCore({
      start: message,
      ask: asks.ask,
      emit: (name, payload) => {
        send({ type: 'event', name, payload })
      },
      notify: (notification) => {
        send({ type: 'notify', notification })
      },
      tray: (state) => {
        send({ type: 'tray', state })
      },
      clock: systemClock,
      random: Math.random,
      log,
      tell,
      tasks,
      localChecked,
      createAdapter: adaptersBy(systemClock),
      createSync: syncsBy(systemClock),
      createWorker: () =>
        new Worker(join(import.meta.dirname, 'worker.js'), {
          resourceLimits: { maxOldGenerationSizeMb: MOST_JOB_MB, maxYoungGenerationSizeMb: MOST_FRESH_MB },
        }),
      // The shell starts a core that ended by itself again: with a cache that was set aside, if that was the reason.
      onBroken: (error) => {
        log('the core cannot go on', error)
        leave(1)
      },
    })
    send({ type: 'ready' })
  } catch (error) {
    closed = message
    send({ type: 'failed', error: tell('the start', asAppError(error)) })
  }
}

/** A core whose store does not open answers one question only: what to go on with. */
const answerTo = async ({ domain, name, input }: Extract<ToCore, { type: 'call' }>): Promise<Result<unknown>> => {
  if (domain !== RECOVERY_DOMAIN || closed === null) {
    const absent = (): Result<never> => ({ ok: false, error: new AppError('storage', 'the store is not open').toData() })
    return core ? core.call(domain, name, input) : absent()
  }
  const start = closed
  const result = await recover({ folder: start.dataFolder, key: start.databaseKey, clock: systemClock, tasks }, name, input)
  if (name === 'take' && result.ok) await begin({ ...start, anew: false })
  return result
}

const finish = async (): Promise<void> => {
  await core?.stop()
  leave(0)
}

port.on('message', ({ data }) => {
  switch (data.type) {
    case 'start':
      void begin(data)
      return
    case 'call':
      void answerTo(data).then((result) => {
        send({ type: 'answer', id: data.id, result })
      })
      return
    case 'answer':
      asks.answer(data.id, data.result)
      return
    case 'power':
      core?.power(data.state)
      return
    case 'stop':
      void finish()
  }
})

// Without its parent nobody could stop it, and the next start would find the files in use.
process.on('disconnect', () => {
  leave(0)
})
