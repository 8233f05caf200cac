import type { Dataset } from '@shared/domain/datasets'
import { AppError } from '@shared/errors'
import type { Clock } from '../clock'
import { readStates, writeSchedule } from '../store/cache/dataset-state'
import type { Store } from '../store/connection'
import { afterFailure, afterSuccess, LEAST_INTERVAL_MS, waitOf, type Schedule } from './due'
import type { PullEnd } from './pull'

export interface RoundsOptions {
  store: Store
  connectionId: string
  clock: Clock
  random: () => number
  intervalMs: number
  /** In their order of importance. */
  datasets: () => readonly Dataset[]
  /** Never rejects for a reason of the platform's; what it throws is a fault of our own (a full disk). */
  pull: (dataset: Dataset, signal: AbortSignal) => Promise<PullEnd>
  /** Whether anything may be asked at all. */
  mayRun: () => boolean
  onRunning: (dataset: Dataset, running: boolean) => void
  /** What follows each attempt; never rejects. */
  onEnd: (dataset: Dataset, end: PullEnd) => Promise<void>
  /** Everything that works was read once more, and nothing was cut off. */
  onRound: () => void
}
export interface Rounds {
  /** Begins what is due, and waits for the rest. */
  start(): void
  /** Everything is due at once, but a list whose suspicious answer waits for its second question. */
  now(): void
  /** Goes on with what is due: after something changed that decides what may run. */
  resume(): void
  /** Ends what runs and what waits for a lane; it comes again at its time. */
  cancel(): void
  /** Ends what runs, and begins nothing by itself any more. `reason` tells the walks why. */
  stop(reason?: AppError): void
  /** Something is under way, or follows what was. */
  busy(): boolean
  nextAt(): number | null
  intervalMs(): number
  setIntervalMs(ms: number): void
  whenIdle(): Promise<void>
}

/** Datasets that begin together stay together: they are due at the same moment again. */
interface Round {
  at: number
  random: number
}
interface Known extends Schedule {
  /** An answer by which most rows would go waits for its second question. */
  suspect: boolean
}

/** Datasets under way at once; the limiter bounds their requests too. */
const LANES = 3
/** Of them, for datasets that failed the last time: what hangs must not take the place of what works. */
const LANES_OF_FAILING = 1

/**
 * Every dataset by its own due time. One that fails waits by its own back-off and delays no other: it never has more than
 * one of the three lanes. Where it stands is kept on disk, and in memory where even the disk refuses.
 */
export const createRounds = (options: RoundsOptions): Rounds => {
  const { store, connectionId, clock } = options
  let interval = Math.max(LEAST_INTERVAL_MS, options.intervalMs)
  let cancelTimer: () => void = () => undefined
  let due: number | null = null
  let round: Round = { at: Number.NEGATIVE_INFINITY, random: 0 }
  const rounds = new Map<Dataset, Round>()
  let controller = new AbortController()
  let cutOff = false
  const under = new Map<Dataset, Promise<void>>()
  const following = new Set<Promise<void>>()
  const known = new Map<Dataset, Known>()

  const load = (): void => {
    known.clear()
    for (const [dataset, { nextAt, failures, unchanged, suspect }] of readStates(store.cache, connectionId))
      known.set(dataset as Dataset, { nextAt, failures, unchanged, suspect: suspect > 0 })
  }
  const scheduleOf = (dataset: Dataset): Known => known.get(dataset) ?? { nextAt: null, failures: 0, unchanged: 0, suspect: false }
  const now = () => ({ now: clock.now(), intervalMs: interval })
  const waitFor = (dataset: Dataset): number => waitOf(scheduleOf(dataset), now())
  const failing = (dataset: Dataset): boolean => scheduleOf(dataset).failures > 0

  const keep = (dataset: Dataset, schedule: Schedule, suspect = false): void => {
    known.set(dataset, { ...schedule, suspect })
    try {
      writeSchedule(store.cache, connectionId, dataset, schedule)
    } catch {
      // A disk that is full takes no note of it either: this run remembers.
    }
  }
  const settle = (dataset: Dataset, end: PullEnd): void => {
    const before = scheduleOf(dataset)
    const { at: roundAt, random } = rounds.get(dataset) ?? round
    switch (end.kind) {
      case 'complete':
        keep(dataset, afterSuccess(dataset, { ...now(), roundAt, random }, { before, changed: end.changed }))
        break
      case 'suspect':
        keep(dataset, { ...before, nextAt: end.again }, true)
        break
      case 'incomplete':
        keep(dataset, afterFailure({ ...now(), random: options.random() }, before, end.error))
        break
      case 'interrupted':
        keep(dataset, { ...before, nextAt: clock.now() + interval }, before.suspect)
    }
  }

  const run = async (dataset: Dataset): Promise<PullEnd> => {
    options.onRunning(dataset, true)
    let end: PullEnd
    try {
      end = await options.pull(dataset, controller.signal)
    } catch (thrown) {
      end = { kind: 'incomplete', error: AppError.from(thrown) }
    }
    settle(dataset, end)
    options.onRunning(dataset, false)
    return end
  }
  const begin = (dataset: Dataset): void => {
    cutOff = false
    if (under.size === 0 || clock.now() - round.at > interval / 2) round = { at: clock.now(), random: options.random() }
    rounds.set(dataset, round)
    under.set(
      dataset,
      run(dataset).then((end) => {
        under.delete(dataset)
        next()
        follow(dataset, end)
      }),
    )
  }
  /** What follows a walk takes no lane: the next one is under way meanwhile. */
  const follow = (dataset: Dataset, end: PullEnd): void => {
    const done = options.onEnd(dataset, end).then(() => {
      following.delete(done)
      if (isOver() && !cutOff) options.onRound()
    })
    following.add(done)
  }
  /** Nothing that works is under way or due, and everything that followed is done. */
  const isOver = (): boolean =>
    following.size === 0 &&
    [...under.keys()].every(failing) &&
    options.datasets().every((dataset) => under.has(dataset) || failing(dataset) || waitFor(dataset) > 0)

  const isFree = (dataset: Dataset): boolean =>
    under.size < LANES && (!failing(dataset) || [...under.keys()].filter(failing).length < LANES_OF_FAILING)

  const next = (): void => {
    cancelTimer()
    due = null
    if (!options.mayRun()) return
    const waiting = options.datasets().filter((dataset) => !under.has(dataset))
    for (const dataset of waiting) if (waitFor(dataset) === 0 && isFree(dataset)) begin(dataset)
    // What is due and finds no lane begins when one is free.
    const later = waiting
      .filter((dataset) => !under.has(dataset))
      .map(waitFor)
      .filter((wait) => wait > 0)
    if (later.length === 0) return
    const wait = Math.min(...later)
    due = clock.now() + wait
    cancelTimer = clock.after(wait, next)
  }
  const makeDue = (isDue: (schedule: Known) => boolean): void => {
    for (const dataset of options.datasets()) {
      const schedule = scheduleOf(dataset)
      if (!schedule.suspect && !under.has(dataset) && isDue(schedule)) known.set(dataset, { ...schedule, nextAt: null })
    }
  }

  const cut = (reason?: AppError): void => {
    cutOff = true
    controller.abort(reason)
    controller = new AbortController()
  }

  return {
    start: () => {
      load()
      // A rest of hours is kept over a start; everything else is asked for at once: somebody has just opened the program.
      makeDue((schedule) => schedule.failures > 0 || waitOf(schedule, now()) <= 2 * interval)
      next()
    },
    now: () => {
      makeDue(() => true)
      next()
    },
    resume: next,
    cancel: () => {
      for (const dataset of options.datasets())
        if (!under.has(dataset) && waitFor(dataset) === 0) known.set(dataset, { ...scheduleOf(dataset), nextAt: clock.now() + interval })
      cut()
      next()
    },
    stop: (reason) => {
      cancelTimer()
      due = null
      cut(reason)
    },
    busy: () => under.size + following.size > 0,
    nextAt: () => due,
    intervalMs: () => interval,
    setIntervalMs: (ms) => {
      interval = Math.max(LEAST_INTERVAL_MS, ms)
      for (const [dataset, schedule] of known)
        if (schedule.failures === 0 && !schedule.suspect && schedule.nextAt !== null)
          known.set(dataset, { ...schedule, nextAt: Math.min(schedule.nextAt, clock.now() + interval) })
      next()
    },
    whenIdle: async () => {
      while (under.size + following.size > 0) await Promise.all([...under.values(), ...following])
    },
  }
}
