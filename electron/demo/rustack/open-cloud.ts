import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { simClock, type SimClock } from '../clock'
import { naiveTime } from '../naive-time'
import { seededRandom, type Random } from '../random'
import { person } from '../words/people'
import { buildCatalogue, catalogueFragments } from './catalogue'
import type { Cloud, OwnAccount, Partner } from './cloud'
import { fragmentsOf } from './fragments'
import { ledgerOf } from './ledger'
import { planCounts } from './changes/copies'
import { buildPlans, dailyRates } from './plans'
import type { Profile } from './profile'
import { populate, type Progress } from './seed/population'
import { openStore, type Store } from './store'
import { usageOf } from './usage'

export interface CloudOptions {
  readonly seed: number
  readonly clients: number
  readonly partners: number
  readonly epoch: number
  /** Where the simulated clock starts; never before the epoch. */
  readonly start: number
  readonly speed: number
  /** In which the times are written, east of UTC. */
  readonly zoneMinutes: number
  /** The epoch was asked for, so a state of another one does not do. */
  readonly fixedEpoch: boolean
  readonly stateFile: string | undefined
  readonly profile: Profile
  readonly realNow: () => number
  readonly progress: Progress
}

const VERSION = '3'
const PARTNER_NAMES = ['ООО «Облачный партнёр»', 'ООО «Партнёр Регион»', 'АО «Партнёр Восток»']

function staff(random: Random): OwnAccount {
  const { full, login } = person(random)
  return { id: random.uuid(), login: `${login}@partner.example`, username: full }
}

function partnersOf(random: Random, count: number): Partner[] {
  return PARTNER_NAMES.slice(0, Math.max(1, count)).map((name) => ({ id: random.uuid(), name }))
}

/** A state file is kept when it was finished for the same population; anything else is made anew. */
function openState(options: CloudOptions): { store: Store; kept: boolean } {
  const wanted = JSON.stringify([VERSION, options.seed, options.clients, options.partners, options.zoneMinutes])
  const { stateFile } = options
  if (stateFile !== undefined) mkdirSync(dirname(stateFile), { recursive: true })
  const tryOpen = () => {
    const store = openStore(stateFile)
    if (store.meta('population') === wanted || store.meta('population') === undefined) return store
    store.close()
    return undefined
  }
  let store = stateFile === undefined ? openStore(undefined) : attempt(tryOpen)
  const sameBase = !options.fixedEpoch || store?.meta('epoch') === String(options.epoch)
  const kept = store?.meta('population') === wanted && store.meta('complete') === 'yes' && sameBase
  if (!kept && stateFile !== undefined) {
    store?.close()
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(stateFile + suffix, { force: true })
    store = openStore(stateFile)
  }
  if (store === undefined) throw new Error('the state of the demo cannot be opened')
  if (!kept) store.setMeta('population', wanted)
  return { store, kept }
}

/** A file that is no database of ours (or is damaged) is replaced like one of another population. */
function attempt(work: () => Store | undefined): Store | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

const MINUTE = 60_000

function momentsOf(clock: SimClock): () => number {
  let last = 0
  return () => {
    const now = clock.now()
    // A clock that was set back takes the moments with it.
    last = last > now + MINUTE ? now : Math.max(now, last + 1)
    return last
  }
}

function assemble(options: CloudOptions, store: Store, epoch: number, clock: SimClock): Cloud {
  const { seed, profile } = options
  const random = seededRandom(seed, 'partner')
  const catalogue = buildCatalogue(seed)
  const plans = buildPlans(seed)
  const partners = partnersOf(random, options.partners)
  const provider: [string, string] = ['provider', JSON.stringify({ id: random.uuid(), name: 'Провайдер «Облако Плюс»' })]
  const named = partners.map((one, at): [string, string] => [`p${at}`, JSON.stringify(one)])
  const fragments = fragmentsOf([...catalogueFragments(catalogue), ...named, provider])
  const me = staff(random)
  const colleagues = Array.from({ length: 5 }, () => staff(random))
  const time = naiveTime(options.zoneMinutes)
  const shared = {
    seed,
    epoch,
    store,
    clock,
    moment: momentsOf(clock),
    time,
    catalogue,
    plans,
    partners,
    me,
    colleagues,
    fragments,
    profile,
  }
  return { ...shared, rates: plans.map(dailyRates), usage: usageOf(store), ledger: ledgerOf(store, clock) }
}

export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const { store, kept } = openState(options)
  const epoch = kept ? Number(store.meta('epoch')) : options.epoch
  const clock = simClock(options.realNow, epoch, 0)
  const cloud = assemble(options, store, epoch, clock)
  if (kept) restore(cloud)
  else await create(cloud, options)
  // The figures above belong to the base moment; only now does the time begin to run.
  clock.set(Math.max(options.start, kept ? Number(store.meta('now') ?? epoch) : epoch))
  clock.setSpeed(options.speed)
  return cloud
}

async function create(cloud: Cloud, options: CloudOptions): Promise<void> {
  await populate(cloud, options.clients, options.progress, options.realNow)
  cloud.store.setMeta('epoch', String(cloud.epoch))
  cloud.store.setMeta('now', String(cloud.epoch))
  cloud.store.setMeta('complete', 'yes')
}

function restore(cloud: Cloud): void {
  cloud.usage.load()
  planCounts(cloud)
}
