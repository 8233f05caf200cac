import type { Store } from '../connection'
import { all, get, sql, trusted } from '../sql'
import { emptyState, readState, writeState } from './dataset-state'
import type { OwnedDataset } from './owner-rows'
import { stampCounted } from './stale'
import { tableOf } from './tables'

interface Due {
  connectionId: string
  dataset: OwnedDataset
  readBefore: number
  skip: ReadonlySet<string>
  /** How many that were read before may be read again; those never read come first and do not count. */
  budget: number
}
const AT_ONCE = 200

/** The next clients to be read: never read first, then the oldest. A failed one waits for the next round by `skip`. */
export const dueOwners = (store: Store, { connectionId, dataset, readBefore, skip, budget }: Due): string[] => {
  const never = all<{ id: string }>(
    store.cache,
    sql`SELECT c.id FROM client c LEFT JOIN owner_state o ON o.connection_id = c.connection_id AND o.dataset = ${dataset} AND o.owner_id = c.id
      WHERE c.connection_id = ${connectionId} AND o.as_of IS NULL ORDER BY c.created_at DESC, c.id LIMIT ${AT_ONCE + skip.size}`,
  ).filter(({ id }) => !skip.has(id))
  if (never.length > 0 || budget <= 0) return never.slice(0, AT_ONCE).map(({ id }) => id)
  return all<{ id: string }>(
    store.cache,
    sql`SELECT c.id FROM owner_state o JOIN client c ON c.connection_id = o.connection_id AND c.id = o.owner_id
      WHERE o.connection_id = ${connectionId} AND o.dataset = ${dataset} AND o.as_of < ${readBefore} ORDER BY o.as_of, c.id LIMIT ${budget + skip.size}`,
  )
    .map(({ id }) => id)
    .filter((id) => !skip.has(id))
    .slice(0, budget)
}

/** How many clients there are, and how many of them were read; `oldest` is the oldest reading. */
export const ownersProgress = (
  store: Store,
  connectionId: string,
  dataset: OwnedDataset,
): { clients: number; read: number; oldest: number | null } => {
  const row = get<{ clients: number; read: number; oldest: number | null }>(
    store.cache,
    sql`SELECT count(*) clients, count(o.as_of) read, min(o.as_of) oldest FROM client c
      LEFT JOIN owner_state o ON o.connection_id = c.connection_id AND o.dataset = ${dataset} AND o.owner_id = c.id WHERE c.connection_id = ${connectionId}`,
  )
  return row ?? { clients: 0, read: 0, oldest: null }
}

/** The dataset as a whole: as old as its oldest reading, and complete once every client was read. */
export const writeOwnersState = (
  store: Store,
  connectionId: string,
  { dataset, running }: { dataset: OwnedDataset; running: boolean },
): { clients: number; read: number } => {
  const { clients, read, oldest } = ownersProgress(store, connectionId, dataset)
  const rows =
    get<{ n: number }>(store.cache, sql`SELECT count(*) n FROM ${trusted(tableOf(dataset).table)} WHERE connection_id = ${connectionId}`)
      ?.n ?? 0
  const complete = read === clients
  const before = readState(store.cache, connectionId, dataset) ?? emptyState(dataset)
  const error = complete ? null : firstError(store, connectionId, dataset)
  writeState(store.cache, connectionId, {
    ...before,
    running,
    cursor: null,
    done: read,
    total: clients,
    rows,
    complete,
    asOf: complete ? oldest : null,
    error,
  })
  stampCounted(store.cache, connectionId)
  return { clients, read }
}

const firstError = (store: Store, connectionId: string, dataset: OwnedDataset) => {
  const query = sql`SELECT error FROM owner_state WHERE connection_id = ${connectionId} AND dataset = ${dataset} AND as_of IS NULL AND error IS NOT NULL LIMIT 1`
  const text = get<{ error: string }>(store.cache, query)?.error
  return text === undefined ? null : (JSON.parse(text) as ReturnType<typeof emptyState>['error'])
}

export const partnerIds = (store: Store, connectionId: string): string[] =>
  all<{ id: string }>(store.cache, sql`SELECT id FROM partner WHERE connection_id = ${connectionId} ORDER BY id`).map(({ id }) => id)
