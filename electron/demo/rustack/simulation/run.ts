import { HOUR_MS } from '../../naive-time'
import { seededRandom, type Random } from '../../random'
import type { Cloud } from '../cloud'
import { happen } from './events'
import { payDebts } from './payments'

/** The cloud changes in steps of ten simulated minutes. Each step has its own random numbers, so the same step makes the same events. */
export interface Simulation {
  /** Resolves when everything up to the simulated present has happened. */
  catchUp(): Promise<void>
  stop(): Promise<void>
}

const STEP_MS = HOUR_MS / 6
const STEPS_PER_DAY = 144
const EVENTS_PER_CLIENT_AND_DAY = 1
const SLICE_MS = 12
const LOOK_MS = 250

function eventCount(cloud: Cloud, random: Random): number {
  const clients = cloud.store.sql<[], { count: number }>('SELECT count(*) AS count FROM client').get()?.count ?? 0
  const expected = (clients * EVENTS_PER_CLIENT_AND_DAY) / STEPS_PER_DAY
  return Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0)
}

function* step(cloud: Cloud, number: number): Generator<void> {
  const random = seededRandom(cloud.seed, 'life', number)
  const at = Math.min(number * STEP_MS + random.int(0, STEP_MS - 1), cloud.clock.now())
  const moment = { cloud, random, at }
  if (number % 6 === 0) payDebts(moment)
  for (let left = eventCount(cloud, random); left > 0; left--) {
    happen(moment)
    yield
  }
}

function* steps(cloud: Cloud): Generator<void> {
  const due = () => Math.floor(cloud.clock.now() / STEP_MS)
  let next = Number(cloud.store.meta('life') ?? Math.floor(cloud.epoch / STEP_MS))
  while (next < due()) {
    // Marked as done first: a kill in the middle may lose events, but never makes one twice with the same ids.
    cloud.store.setMeta('life', String(next + 1))
    cloud.store.setMeta('now', String(cloud.clock.now()))
    yield* step(cloud, next++)
  }
}

/** Works through what is due in slices of a few ms, so that requests are answered in between. */
async function work(cloud: Cloud, realNow: () => number, stopped: () => boolean): Promise<void> {
  const running = steps(cloud)
  for (let over = false; !over && !stopped();) {
    const until = realNow() + SLICE_MS
    over = cloud.store.transaction(() => {
      while (!stopped() && realNow() < until) if (running.next().done === true) return true
      return false
    })
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}

export function startSimulation(cloud: Cloud, realNow: () => number): Simulation {
  let stopped = false
  let current: Promise<void> | undefined
  const catchUp = async () => {
    await current
    current ??= work(cloud, realNow, () => stopped).finally(() => {
      current = undefined
    })
    await current
  }
  const timer = setInterval(() => {
    catchUp().catch((error: unknown) => process.stderr.write(`demo: ${String(error)}\n`))
  }, LOOK_MS)
  timer.unref()
  return {
    catchUp,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await current
    },
  }
}
