import type { RequestListener } from 'node:http'
import { breaksOf, type Break, type Breaks } from '../breaks'
import { faultDice, type FaultDice, type FaultRates } from '../faults'
import { seededRandom } from '../random'
import type { Cloud } from './cloud'
import type { Api, Quirks } from './http/api'
import { pageLimitOf, type PageSizes } from './http/listing'
import { requestLog, type RequestLog } from './http/log'
import { readerOf, type Reader } from './http/page'
import { listName } from './http/resource'
import { apiServer } from './http/server'
import { createFaultInjection } from './http/fault-injection'
import { jobsOf, type Jobs } from './jobs'
import { inferredRoutes, knownRoutes } from './routes'
import { rewrite } from './rows'
import type { StoredRow } from './store'
import { swaggerRoute } from './swagger'

export interface ApiOptions {
  readonly seed: number
  readonly token: string
  readonly pages: PageSizes
  readonly quirks: Quirks
  readonly latencyMs: number
  readonly faults: FaultRates
  readonly breaks: readonly Break[]
  readonly knownOnly: boolean
  readonly swagger: boolean
  readonly jobMs: number
  readonly realNow: () => number
}

/** The API and the handles by which the control endpoint moves it. */
export interface RunningApi {
  readonly handler: RequestListener
  readonly reader: Reader
  readonly dice: FaultDice
  readonly breaks: Breaks
  readonly log: RequestLog
  setLatency(milliseconds: number): void
  setTokenValid(valid: boolean): void
  readonly orderJobs: Jobs['order']
  /** Running jobs are forgotten, and what they had locked is free. */
  dropJobs(): void
}

/** A job that a stop has cut off left its object locked; without the job the lock would never end. */
function releaseLocks(cloud: Cloud): void {
  for (const dataset of ['vm', 'vdc'] as const) {
    const locked = cloud.store.sql<[], StoredRow>(`SELECT * FROM ${dataset} WHERE instr(body, '"locked":true') > 0`).all()
    for (const row of locked) rewrite(cloud, dataset, row, { locked: false, job_id: null })
  }
}

/** Ids made while running must differ from those of earlier runs on the same state file. */
function nextRun(cloud: Cloud): number {
  const run = Number(cloud.store.meta('runs') ?? 0) + 1
  cloud.store.setMeta('runs', String(run))
  return run
}

export async function assembleApi(cloud: Cloud, options: ApiOptions): Promise<RunningApi> {
  releaseLocks(cloud)
  const { seed, realNow } = options
  const random = seededRandom(seed, 'api', nextRun(cloud))
  const reader = readerOf(cloud)
  // How a deployment writes that nothing is there.
  cloud.fragments.set('none', options.quirks.strict ? '{}' : 'null')
  const jobs = jobsOf(cloud, realNow, options.jobMs, () => random.uuid())
  const api: Api = { cloud, reader, jobs, pageLimit: pageLimitOf(options.pages), quirks: options.quirks, random }
  const routes = [...knownRoutes(api, options.knownOnly), ...(options.knownOnly ? [] : inferredRoutes(api))]
  const resources = options.swagger ? [...routes, swaggerRoute(routes)] : routes
  const lists = [...new Set(resources.flatMap((one) => listName(one) ?? []))]
  const breaks = breaksOf(lists, options.breaks)
  const dice = faultDice(options.faults, seededRandom(seed, 'faults'))
  const faults = createFaultInjection(dice, options.latencyMs)
  const log = requestLog()
  let valid = true
  const token = () => (valid ? options.token : undefined)
  const app = await apiServer({ resources, token, faults, log, breaks, clock: cloud.clock, realNow, before: jobs.settle })
  return {
    handler: (request, response) => {
      app.routing(request, response)
    },
    reader,
    dice,
    breaks,
    log,
    setLatency: (milliseconds) => {
      faults.latencyMs = milliseconds
    },
    setTokenValid: (wanted) => {
      valid = wanted
    },
    orderJobs: (orders) => {
      jobs.order(orders)
    },
    dropJobs: () => {
      jobs.drop()
      releaseLocks(cloud)
    },
  }
}
