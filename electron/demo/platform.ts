import { assembleApi } from './rustack/assemble'
import { churnOf } from './rustack/churn/churn'
import { paceOf } from './rustack/churn/pace'
import { openCloud } from './rustack/open-cloud'
import { readProfile } from './rustack/profile'
import { startSimulation } from './rustack/simulation/run'
import { randomBytes } from 'node:crypto'
import { controlServer } from './control/server'
import { openListener } from './listener'
import { midnight } from './naive-time'
import { seededRandom } from './random'
import type { Break } from './breaks'
import type { FaultRates } from './faults'

export interface PlatformOptions {
  /** 0 or absent = any free port. */
  readonly port?: number | undefined
  /** A taken port is replaced by a free one instead of being an error. */
  readonly portFallback?: boolean | undefined
  readonly clients?: number | undefined
  readonly partners?: number | undefined
  readonly seed?: number | undefined
  readonly pageSize?: number | undefined
  /** Name of a query parameter by which more rows a page can be asked, up to `maxPageSize`; absent = there is none. */
  readonly pageSizeParam?: string | undefined
  readonly maxPageSize?: number | undefined
  /** Refuses what no public client asks: see `Quirks`. */
  readonly strict?: boolean | undefined
  readonly sortIgnored?: boolean | undefined
  readonly latencyMs?: number | undefined
  readonly faults?: FaultRates | undefined
  /** Changes a second of real time, made while lists are walked; 0 = none. */
  readonly churn?: number | undefined
  /** Lists that do not work; from `parseBreaks`. */
  readonly breaks?: readonly Break[] | undefined
  /** Simulated seconds per real second; 0 = stopped. */
  readonly speed?: number | undefined
  /** Base moment of the population, ms since 1970; default: today's midnight in UTC+3. */
  readonly epoch?: number | undefined
  /** In which times are written (they carry no zone themselves), in minutes east of UTC. The billing day is UTC+3 whatever it is. */
  readonly zoneMinutes?: number | undefined
  readonly knownOnly?: boolean | undefined
  /** It describes its API at `/swagger/?format=openapi`. */
  readonly swagger?: boolean | undefined
  /** SQLite file that outlives the run; absent = temporary. */
  readonly stateFile?: string | undefined
  /** How long a job (and its lock) lasts, in real ms. */
  readonly jobMs?: number | undefined
  /** Replaces the INFERRED half's paths and field names. */
  readonly profile?: unknown
  readonly now?: (() => number) | undefined
  readonly progress?: ((done: number, total: number) => void) | undefined
}

export interface Platform {
  readonly url: string
  readonly token: string
  readonly control: { readonly url: string; readonly secret: string }
  close(): Promise<void>
}

const DEFAULT_CLIENTS = 200
const MAX_PAGE_SIZE = 500
const DEFAULT_ZONE_MINUTES = 0

/** The same seed has the same token and ids for ever; the control secret is new with every run. */
const tokenOf = (seed: number) => seededRandom(seed, 'token').hex(40)

async function cloudFor(options: PlatformOptions, realNow: () => number) {
  const now = realNow()
  const speed = options.speed ?? 1
  const epoch = options.epoch ?? midnight(now)
  return openCloud({
    seed: options.seed ?? 1,
    clients: options.clients ?? DEFAULT_CLIENTS,
    partners: options.partners ?? 1,
    epoch,
    // A running clock starts at the present, so that times on the screen make sense; a chosen or stopped one at the base.
    start: options.epoch === undefined && speed > 0 ? now : epoch,
    speed,
    zoneMinutes: options.zoneMinutes ?? DEFAULT_ZONE_MINUTES,
    fixedEpoch: options.epoch !== undefined,
    stateFile: options.stateFile,
    profile: readProfile(options.profile),
    realNow,
    progress: options.progress ?? (() => undefined),
  })
}

export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const realNow = options.now ?? Date.now
  const seed = options.seed ?? 1
  const token = tokenOf(seed)
  const cloud = await cloudFor(options, realNow)
  const {
    latencyMs = 0,
    faults = {},
    breaks = [],
    knownOnly = false,
    swagger = false,
    jobMs = 1500,
    strict = false,
    sortIgnored = false,
  } = options
  const pages = { usual: options.pageSize ?? 10, parameter: options.pageSizeParam, most: options.maxPageSize ?? MAX_PAGE_SIZE }
  const quirks = { strict, sortIgnored }
  const api = await assembleApi(cloud, { seed, token, pages, quirks, latencyMs, faults, breaks, knownOnly, swagger, jobMs, realNow })
  const listener = await openListener(api.handler, options.port ?? 0, options.portFallback ?? false)
  const simulation = startSimulation(cloud, realNow)
  const churn = churnOf(cloud)
  const pace = paceOf(churn, { rate: options.churn ?? 0, seed, realNow })
  const control = await controlServer({ cloud, api, listener, simulation, churn, pace, secret: randomBytes(24).toString('hex') })
  const close = async () => {
    pace.stop()
    await simulation.stop()
    await Promise.all([listener.down(), control.close()])
    cloud.store.setMeta('now', String(cloud.clock.now()))
    cloud.store.close()
  }
  return { url: `http://127.0.0.1:${listener.port()}`, token, control: { url: control.url, secret: control.secret }, close }
}
