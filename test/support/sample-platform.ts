import { z } from 'zod'
import { createBatches } from '../../electron/core/commands/batch'
import { changeBy } from '../../electron/core/commands/changes'
import { enqueue } from '../../electron/core/commands/enqueue'
import type { Attempt, CommandKind, Outcome } from '../../electron/core/commands/kind'
import { nothingSent, read, undecided, write } from '../../electron/core/commands/outcome'
import { createQueue } from '../../electron/core/commands/queue'
import { createKinds } from '../../electron/core/commands/registry'
import { createReview } from '../../electron/core/commands/review'
import type { Store } from '../../electron/core/store/connection'
import type { Command } from '../../electron/core/store/local/commands'
import { AppError } from '../../shared/errors'
import type { TestClock } from './core-clock'
import { CONNECTION } from './notes-console'
import { untilKilled } from './killed'

/** A made-up platform of objects with numbers, and two kinds of command for them, to test the queue apart from notes. */
export type Values = Record<string, number>
export type SampleFate = 'ok' | 'refused' | 'rejected' | 'lost-request' | 'lost-answer' | 'error-after' | 'slow'
export interface Job {
  id: string
  object: string
  size: number
  endsAt: number
  fails: boolean
  state: 'running' | 'done' | 'failed'
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A platform that keeps objects. Every change counts, so that a second one of the same command is seen. */
export const createSamplePlatform = (clock: TestClock) => {
  const values = new Map<string, Values>()
  const jobs = new Map<string, Job>()
  const fates: SampleFate[] = []
  const jobFails: boolean[] = []
  const changes: { object: string; values: Values }[] = []
  let asked = 0
  const mistreat = async <T>(signal: AbortSignal, work: () => T): Promise<T> => {
    asked++
    const fate = fates.shift() ?? 'ok'
    await turn()
    if (fate === 'refused') throw new AppError('refused', 'nothing listens')
    if (fate === 'rejected') throw new AppError('rejected', 'no')
    if (fate === 'lost-request') throw new AppError('offline', 'cut off')
    const answer = work()
    if (fate === 'lost-answer') throw new AppError('timeout', 'no answer')
    if (fate === 'error-after') throw new AppError('platform-error', '502')
    if (fate === 'slow')
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(AppError.from(signal.reason))
        })
      })
    await turn()
    return answer
  }
  /** A job ends by the platform's clock, whether or not somebody asks. */
  const work = (): void => {
    for (const job of jobs.values()) {
      if (job.state !== 'running' || clock.elapsed() < job.endsAt) continue
      job.state = job.fails ? 'failed' : 'done'
      if (!job.fails) values.set(job.object, { ...values.get(job.object), size: job.size })
    }
  }
  return {
    values,
    jobs,
    fates,
    jobFails,
    changes,
    requests: () => asked,
    read: async (id: string): Promise<Values | null> => {
      await turn()
      work()
      const found = values.get(id)
      return found ? { ...found } : null
    },
    set: (id: string, change: Values, signal: AbortSignal): Promise<Values> =>
      mistreat(signal, () => {
        changes.push({ object: id, values: change })
        const next = { ...values.get(id), ...change }
        values.set(id, next)
        return { ...next }
      }),
    resize: (id: string, size: number, signal: AbortSignal): Promise<Job> =>
      mistreat(signal, () => {
        changes.push({ object: id, values: { size } })
        const job: Job = {
          id: `j${String(jobs.size + 1)}`,
          object: id,
          size,
          endsAt: clock.elapsed() + 20_000,
          fails: jobFails.shift() ?? false,
          state: 'running',
        }
        jobs.set(job.id, job)
        return { ...job }
      }),
    jobsOf: async (id: string): Promise<Job[]> => {
      await turn()
      work()
      return [...jobs.values()].filter((job) => job.object === id).map((job) => ({ ...job }))
    },
    /** A colleague's hand. */
    edit: (id: string, change: Values): void => {
      values.set(id, { ...values.get(id), ...change })
    },
  }
}
export type SamplePlatform = ReturnType<typeof createSamplePlatform>

const sameValues = (a: Values, b: Values): boolean => Object.keys({ ...a, ...b }).every((key) => a[key] === b[key])
const only = (values: Values, keys: readonly string[]): Values =>
  Object.fromEntries(keys.flatMap((key) => (values[key] === undefined ? [] : [[key, values[key]]])))
const schema: z.ZodType<Values> = z.record(z.string(), z.number())

type Kind<E = unknown> = CommandKind<Values, Values, E, Values>
const shared = (applied: Map<string, Values>) =>
  ({
    mode: 'queued',
    dataset: 'servers',
    payload: { version: 2, schema, upgrade: (stored) => ({ ...stored, payload: { size: (stored.payload as { s: number }).s } }) },
    words: (values) => JSON.stringify(values),
    fields: ({ payload, base, theirs }) =>
      Object.entries(payload).map(([key, mine]) => ({
        key,
        kind: 'number' as const,
        label: key.toUpperCase(),
        unit: null,
        base: base?.[key] ?? null,
        mine,
        theirs: theirs?.[key] ?? null,
      })),
    merge: (payload, theirs, keys) => ({ ...payload, ...only(theirs, [...keys]) }),
    expected: (payload, base) => ({ ...base, ...payload }),
    same: sameValues,
    seen: (answer, { payload }) => only(answer, Object.keys(payload)),
    apply: ({ subject }, answer) => void applied.set(subject.uid, answer),
  }) satisfies Partial<Kind>

export const sampleSet = (platform: SamplePlatform, applied = new Map<string, Values>()): Kind => {
  const of = shared(applied)
  return {
    ...of,
    ...changeBy<Values, Values, unknown, Values>({
      ...of,
      present: async ({ subject, payload }) => {
        const found = await platform.read(subject.uid)
        return found && { seen: only(found, Object.keys(payload)), answer: found }
      },
      request: ({ subject, payload }, attempt) => write(attempt, () => platform.set(subject.uid, payload, attempt.signal)),
    }),
    name: 'sample.set',
    read: (commands) =>
      Promise.all(
        commands.map(async ({ subject, payload }) => {
          const found = await platform.read(subject.uid)
          return found && only(found, Object.keys(payload))
        }),
      ),
    undo: ({ payload, base }) => (base === null ? null : { kind: 'sample.set', payload: base, base: payload }),
  }
}

/** Takes its time: the platform answers with a job, which may fail at its end. `live` in a second form. */
export const sampleResize = (
  platform: SamplePlatform,
  mode: 'queued' | 'live' = 'queued',
  applied = new Map<string, Values>(),
): Kind<string[]> => {
  const poll = async (
    command: Command<Values, Values, string[], Values>,
    attempt: Attempt<string[]>,
  ): Promise<Outcome<Values, Values, string[]>> => {
    const found = await read(attempt, () => platform.jobsOf(command.subject.uid))
    if (found.kind !== 'read') return undecided(found)
    const job = found.value.find(({ id }) => id === command.job)
    if (!job) return { kind: 'unknown', error: new AppError('not-found', 'the job is gone').toData() }
    return stateOf(job)
  }
  const stateOf = (job: Job): Outcome<Values, Values, string[]> => {
    if (job.state === 'running') return { kind: 'running', job: job.id, pollMs: 5000 }
    if (job.state === 'failed')
      return { kind: 'rejected', reason: new AppError('rejected', 'the job failed', { texts: ['no room'] }).toData() }
    return { kind: 'done', answer: { size: job.size } }
  }
  return {
    ...shared(applied),
    mode,
    name: mode === 'live' ? 'sample.power' : 'sample.resize',
    send: async ({ subject, payload }, attempt) => {
      const before = await read(attempt, () => platform.jobsOf(subject.uid))
      if (before.kind !== 'read') return before
      if (!(await attempt.markSending(before.value.map(({ id }) => id)))) return nothingSent
      const answer = await write(attempt, () => platform.resize(subject.uid, payload['size'] ?? 0, attempt.signal))
      return answer.kind === 'done' ? { kind: 'running', job: answer.answer.id, pollMs: 5000 } : answer
    },
    lookBack: async ({ subject, evidence }, attempt) => {
      const found = await read(attempt, () => platform.jobsOf(subject.uid))
      if (found.kind !== 'read') return undecided(found)
      const job = found.value.find(({ id }) => evidence?.includes(id) === false)
      return job ? stateOf(job) : nothingSent
    },
    poll,
  }
}

/** After a kill nobody is there to hear an answer: what was under way stays under way for ever. */
const mortal = (platform: SamplePlatform, isDead: () => boolean): SamplePlatform => {
  const heard =
    <A extends unknown[], R>(ask: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (isDead()) return new Promise(() => undefined)
      const [outcome] = await Promise.allSettled([ask(...args)])
      if (isDead()) return new Promise(() => undefined)
      if (outcome.status === 'rejected') throw outcome.reason
      return outcome.value
    }
  return {
    ...platform,
    read: heard(platform.read),
    set: heard(platform.set),
    resize: heard(platform.resize),
    jobsOf: heard(platform.jobsOf),
  }
}

let ids = 0
export interface SampleConsoleOptions {
  store: Store
  clock: TestClock
  platform: SamplePlatform
  online?: () => boolean
  random?: () => number
}
/** The command room over the sample platform; a "kill" is to forget it and make another. */
export const createSampleConsole = ({ store, clock, platform, online = () => true, random = () => 0.5 }: SampleConsoleOptions) => {
  let dead = false
  const applied = new Map<string, Values>()
  const there = mortal(platform, () => dead)
  const kinds = createKinds([sampleSet(there, applied), sampleResize(there, 'queued', applied), sampleResize(there, 'live', applied)])
  const changed: string[] = []
  const link = () => (online() && !dead ? { adapter: {} as never, accountId: 'me' } : null)
  const { local } = store
  const room = { local, kinds, clock, newId: () => `id${String(++ids)}` }
  const queue = createQueue({
    ...room,
    random,
    link,
    onChanged: (command) => {
      if (dead) return
      changed.push(command.subject.uid)
      batches.moved(command)
    },
    onUnauthorized: () => undefined,
    requestTimeoutMs: 30_000,
    settleMs: 31_000,
    log: () => undefined,
    ...untilKilled(store, () => dead),
  })
  const review = createReview({ ...room, queue, onChanged: () => undefined })
  const batches = createBatches({ ...room, queue, review, pause: () => Promise.resolve(), onChanged: () => undefined })
  return {
    room,
    batches,
    start: (): void => {
      queue.start()
      batches.start()
    },
    kinds,
    queue,
    link,
    changed,
    applied,
    review,
    give: (kind: string, uid: string, payload: Values, base: Values | null = null): string => {
      const subject = { dataset: 'servers' as const, uid, id: uid }
      const id = enqueue(room, { connectionId: CONNECTION, clientId: null, kind, subject, payload, base })
      queue.kick(CONNECTION)
      return id
    },
    kill: () => {
      dead = true
    },
  }
}
export type SampleConsole = ReturnType<typeof createSampleConsole>
