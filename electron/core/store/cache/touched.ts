import { all, get, sql, type Db } from '../sql'
import { recountDebts } from './debts'
import { addStale, DUE, everCounted, nothingTouched, readPhase, writePhase, type TouchedIds, type TouchKind } from './stale'
import { refreshSummaries } from './summary'
import { recountVdcs } from './usage'
import { applyChanges, noChanges } from './usage-changes'

/** What the figures of one transaction's rows stand on, gathered while they are written. */
export interface Touched {
  add(kind: TouchKind, id: string | null): void
  readonly ids: TouchedIds
}

export const noneTouched = (): Touched => {
  const ids = nothingTouched()
  return {
    ids,
    add: (kind, id) => {
      // Rows that name no VDC are counted together.
      if (id !== null) ids[kind].add(id)
      else if (kind === 'vdc') ids.vdc.add('')
    },
  }
}

/** So many are counted in the transaction that changed them; more wait, so that a page is stored as fast as ever. */
const MOST_AT_ONCE = 100
/** A VDC with more rows than that is not counted anew for each page. */
const MOST_ROWS = 2000

/**
 * Brings the figures in step with the rows that this transaction wrote, or notes down what waits. `first`: the dataset is
 * read for the first time, and everything is counted once that has ended.
 */
export const settleTouched = (db: Db, connectionId: string, { touched, first }: { touched: Touched; first: boolean }): void => {
  const size = sizeOf(touched.ids)
  if (size === 0) return
  if (first) {
    const at = readPhase(db, connectionId)
    if (at === null) writePhase(db, connectionId, DUE)
    else if (at.phase !== 'due' && !at.again) writePhase(db, connectionId, { ...at, again: true })
    return
  }
  const found = size <= MOST_AT_ONCE ? expanded(db, connectionId, touched.ids) : null
  if (found && sizeOf(found) <= MOST_AT_ONCE) recountKnown(db, connectionId, withoutLarge(db, connectionId, found))
  else if (everCounted(db, connectionId) || readPhase(db, connectionId)?.phase !== 'due') addStale(db, connectionId, touched.ids)
}
const sizeOf = (ids: TouchedIds): number => Object.values(ids).reduce((sum, { size }) => sum + size, 0)

/** Counts again what stands on these. Runs in the caller's transaction. */
export const recount = (db: Db, connectionId: string, ids: TouchedIds): void => {
  recountKnown(db, connectionId, expanded(db, connectionId, ids))
}

const recountKnown = (db: Db, connectionId: string, { vdc, contract, client }: TouchedIds): void => {
  const changes = noChanges()
  for (const id of vdc) recountVdcs(db, { connectionId, first: id, last: id }, changes)
  const used = applyChanges(db, connectionId, changes)
  for (const id of contract) recountDebts(db, { connectionId, first: id, last: id })
  refreshSummaries(db, connectionId, new Set([...used, ...client]))
}

/** Projects and owners as the VDCs and clients whose figures they change. */
const expanded = (db: Db, connectionId: string, ids: TouchedIds): TouchedIds => {
  const vdc = new Set(ids.vdc)
  const ofProject = (id: string) => sql`SELECT id FROM vdc WHERE connection_id = ${connectionId} AND project_id = ${id}`
  const ofOwner = (
    id: string,
  ) => sql`SELECT v.id FROM project p CROSS JOIN vdc v ON v.connection_id = p.connection_id AND v.project_id = p.id
    WHERE p.connection_id = ${connectionId} AND p.client_id = ${id}`
  for (const query of [...[...ids.project].map(ofProject), ...[...ids.owner].map(ofOwner)])
    for (const { id } of all<{ id: string }>(db, query)) vdc.add(id)
  return { ...nothingTouched(), vdc, contract: ids.contract, client: new Set([...ids.client, ...ids.owner]) }
}

const withoutLarge = (db: Db, connectionId: string, found: TouchedIds): TouchedIds => {
  const rowsOf = sql`SELECT servers + disks + ip + networks + routers n FROM vdc_usage WHERE connection_id = ${connectionId} AND vdc_id = `
  const isLarge = (id: string): boolean => (get<{ n: number }>(db, sql`${rowsOf}${id}`)?.n ?? 0) > MOST_ROWS
  const large = new Set([...found.vdc].filter(isLarge))
  if (large.size === 0) return found
  addStale(db, connectionId, { vdc: large })
  return { ...found, vdc: new Set([...found.vdc].filter((id) => !large.has(id))) }
}
