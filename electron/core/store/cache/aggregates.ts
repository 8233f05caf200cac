import { datasets as allDatasets, type Dataset } from '@shared/domain/datasets'
import type { Store } from '../connection'
import { all, inTransaction, sql, type Db } from '../sql'
import { nextContracts, recountDebts } from './debts'
import { readStates } from './dataset-state'
import { DUE, dropStale, readPhase, stampCounted, takeStale, tooManyStale, writePhase, type Phase } from './stale'
import { refreshSummaryRange } from './summary'
import { recount } from './touched'
import { recountVdcs } from './usage'
import { applyChanges, noChanges } from './usage-changes'
import { nextVdcs } from './vdc-counting'

/** Small enough that one slice stays well under 30 ms. */
const AT_ONCE = 150

export interface SettleOptions {
  /** Between two slices, so that everything else goes on. */
  pause: () => Promise<void>
  /** Lists that are walked: everything is counted once their first walks have ended, well or not, instead of after each. */
  awaited?: readonly Dataset[]
  /** false: it ends where it is. */
  mayGoOn?: () => boolean
}

/**
 * Counts what waits to be counted again, each slice in a transaction of its own, and then says that the figures are as
 * new as the rows. Cut off anywhere it goes on from there. @returns whether anything was counted.
 */
export const settleAggregates = async (
  store: Store,
  connectionId: string,
  { pause, awaited = [], mayGoOn = () => true }: SettleOptions,
): Promise<boolean> => {
  for (let counted = false; ; counted = true) {
    if (!store.cache.open || !mayGoOn()) return counted
    if (!inTransaction(store.cache, () => countNext(store.cache, connectionId, awaited))) return counted
    await pause()
  }
}

/** One slice. @returns whether there may be more. */
const countNext = (db: Db, connectionId: string, awaited: readonly Dataset[]): boolean => {
  const at = readPhase(db, connectionId)
  if (at !== null && isRunning(at)) {
    const last = counting[at.phase](db, connectionId, at.after)
    writePhase(db, connectionId, last === null ? { ...at, phase: following[at.phase], after: null } : { ...at, after: last })
    return true
  }
  if (at?.phase === 'due' && mayBegin(db, connectionId, awaited)) {
    writePhase(db, connectionId, { phase: 'vdcs', after: null, datasets: readWhole(db, connectionId), again: false })
    return true
  }
  if (tooManyStale(db, connectionId)) {
    dropStale(db, connectionId)
    writePhase(db, connectionId, {
      phase: 'vdcs',
      after: null,
      datasets: at?.datasets ?? [],
      again: at !== null && (at.again || at.phase === 'due'),
    })
    return true
  }
  const taken = takeStale(db, connectionId)
  if (taken) recount(db, connectionId, taken)
  if (taken) return true
  stampCounted(db, connectionId)
  if (at?.phase !== 'rest') return false
  writePhase(db, connectionId, at.again ? DUE : null)
  return true
}

type Running = 'vdcs' | 'contracts' | 'clients'
const isRunning = (at: Phase): at is Phase & { phase: Running } => at.phase in counting
const following: Record<Running, Phase['phase']> = { vdcs: 'contracts', contracts: 'clients', clients: 'rest' }

const readWhole = (db: Db, connectionId: string): string[] =>
  [...readStates(db, connectionId).values()].filter(({ asOf }) => asOf !== null).map(({ dataset }) => dataset)

/** What the first screens show is counted as soon as it is there, all the rest together. */
const EARLY: readonly Dataset[] = ['clients', 'projects', 'vdcs', 'servers']

const mayBegin = (db: Db, connectionId: string, awaited: readonly Dataset[]): boolean => {
  const states = readStates(db, connectionId)
  const read = (dataset: Dataset): boolean => {
    const state = states.get(dataset)
    return state !== undefined && (state.asOf !== null || state.error !== null || !state.offered)
  }
  const waiting = allDatasets.filter((dataset) => awaited.includes(dataset) && !read(dataset))
  const early = EARLY.some((dataset) => (states.get(dataset)?.countedAsOf ?? null) === null && (states.get(dataset)?.asOf ?? null) !== null)
  return waiting.length === 0 || (early && EARLY.every((dataset) => !waiting.includes(dataset)))
}

/** Each counts the next ones after an id. @returns the last counted; null = there were none. */
const counting: Record<Running, (db: Db, connectionId: string, after: string | null) => string | null> = {
  vdcs: (db, connectionId, after) => {
    const ids = after === null ? [''] : nextVdcs(db, { connectionId, after, count: AT_ONCE })
    const range = rangeOf(connectionId, ids)
    if (range === null) return null
    const changes = noChanges()
    recountVdcs(db, range, changes)
    applyChanges(db, connectionId, changes)
    return range.last
  },
  contracts: (db, connectionId, after) => {
    const range = rangeOf(connectionId, nextContracts(db, { connectionId, after: after ?? '', count: AT_ONCE * 2 }))
    if (range) recountDebts(db, range)
    return range?.last ?? null
  },
  clients: (db, connectionId, after) => {
    const range = rangeOf(connectionId, nextClients(db, { connectionId, after: after ?? '', count: AT_ONCE }))
    if (range) refreshSummaryRange(db, range)
    return range?.last ?? null
  },
}

const rangeOf = (connectionId: string, ids: readonly string[]) => {
  const [first, last] = [ids[0], ids.at(-1)]
  return first === undefined || last === undefined ? null : { connectionId, first, last }
}

const nextClients = (db: Db, { connectionId, after, count }: { connectionId: string; after: string; count: number }): string[] =>
  all<{ id: string }>(
    db,
    sql`SELECT id FROM (SELECT id FROM client WHERE connection_id = ${connectionId} AND id > ${after} ORDER BY id LIMIT ${count})
      UNION SELECT client_id FROM (SELECT client_id FROM client_summary WHERE connection_id = ${connectionId} AND client_id > ${after}
        ORDER BY client_id LIMIT ${count}) ORDER BY 1 LIMIT ${count}`,
  ).map(({ id }) => id)
