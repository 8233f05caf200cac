import { all, get, sql, type Db } from '../sql'
import { recountDebts } from './debts'
import { addStale, DUE, everCounted, readPhase, writePhase, type Recounted } from './stale'
import { refreshSummaries } from './summary'
import { recountVdcs } from './usage'
import { applyChanges, noChanges } from './usage-changes'

/** On what a row's figures are kept: `owner` is a client that came or went, `client` one whose summary says something else. */
export type TouchKind = 'vdc' | 'project' | 'owner' | 'client' | 'contract'

/** What the figures of one transaction's rows stand on, gathered while they are written. */
export interface Touched {
  add(kind: TouchKind, id: string | null): void
  readonly ids: Readonly<Record<TouchKind, ReadonlySet<string>>>
}

export const noneTouched = (): Touched => {
  const ids = {
    vdc: new Set<string>(),
    project: new Set<string>(),
    owner: new Set<string>(),
    client: new Set<string>(),
    contract: new Set<string>(),
  }
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
  if (Object.values(touched.ids).every((ids) => ids.size === 0)) return
  if (first) {
    const at = readPhase(db, connectionId)
    if (at === null) writePhase(db, connectionId, DUE)
    else if (at.phase !== 'due' && !at.again) writePhase(db, connectionId, { ...at, again: true })
    return
  }
  const found = expanded(db, connectionId, touched)
  const size = found.vdcs.size + found.contracts.size + found.clients.size
  if (size <= MOST_AT_ONCE) recount(db, connectionId, withoutLarge(db, connectionId, found))
  else if (everCounted(db, connectionId) || readPhase(db, connectionId)?.phase !== 'due') addStale(db, connectionId, found)
}

/** Counts single VDCs, contracts and clients again. Runs in the caller's transaction. */
export const recount = (db: Db, connectionId: string, { vdcs, contracts, clients }: Recounted): void => {
  const changes = noChanges()
  for (const id of vdcs) recountVdcs(db, { connectionId, first: id, last: id }, changes)
  const used = applyChanges(db, connectionId, changes)
  for (const id of contracts) recountDebts(db, { connectionId, first: id, last: id })
  refreshSummaries(db, connectionId, new Set([...used, ...clients]))
}

const expanded = (db: Db, connectionId: string, { ids }: Touched): Recounted => {
  const vdcs = new Set(ids.vdc)
  const ofProject = (id: string) => sql`SELECT id FROM vdc WHERE connection_id = ${connectionId} AND project_id = ${id}`
  const ofOwner = (
    id: string,
  ) => sql`SELECT v.id FROM project p CROSS JOIN vdc v ON v.connection_id = p.connection_id AND v.project_id = p.id
    WHERE p.connection_id = ${connectionId} AND p.client_id = ${id}`
  for (const query of [...[...ids.project].map(ofProject), ...[...ids.owner].map(ofOwner)])
    for (const { id } of all<{ id: string }>(db, query)) vdcs.add(id)
  return { vdcs, contracts: ids.contract, clients: new Set([...ids.client, ...ids.owner]) }
}

const withoutLarge = (db: Db, connectionId: string, found: Recounted): Recounted => {
  const rowsOf = sql`SELECT servers + disks + ip + networks + routers n FROM vdc_usage WHERE connection_id = ${connectionId} AND vdc_id = `
  const isLarge = (id: string): boolean => (get<{ n: number }>(db, sql`${rowsOf}${id}`)?.n ?? 0) > MOST_ROWS
  const large = new Set([...found.vdcs].filter(isLarge))
  if (large.size > 0) addStale(db, connectionId, { vdcs: large })
  return { ...found, vdcs: new Set([...found.vdcs].filter((id) => !large.has(id))) }
}
