import type { EntityOf } from '@shared/domain/entities'
import type { Unread } from '../../platforms/port/reads'
import type { Store } from '../connection'
import { descriptorOf } from '../datasets'
import type { RowContext } from '../datasets/descriptor'
import { all, get, inTransaction, run, sql } from '../sql'
import { spoolChange, type ChangeSequence, type ChangeTrack } from './change-spool'
import { replaceUnread, writeOwnerState } from './dataset-state'
import { removedKey, removedSince } from './removed-notes'
import { refreshSummaries } from './summary'
import { upsertRows } from './upsert'

/** The datasets that may be read one owner at a time. */
export type OwnedDataset = 'limits' | 'notes'

export interface OwnerRows<D extends OwnedDataset> {
  connectionId: string
  dataset: D
  owner: 'client' | 'partner'
  ownerId: string
  rows: readonly EntityOf[D][]
  /** Rows that could not be read: what is known of them stays. */
  unreadable: readonly Unread[]
  /** Fields of `rows` that could not be read. */
  partial: readonly Unread[]
  /** Server time of the answer. */
  at: number
  askedAt: number
  sequence: ChangeSequence
}

export interface ReplacedRows {
  changed: boolean
  /** Rows more than before. */
  more: number
}

/** Replaces everything known of one owner by what the platform answered, whole, in one transaction. */
export const replaceOwnerRows = <D extends OwnedDataset>(store: Store, write: OwnerRows<D>): ReplacedRows =>
  inTransaction(store.cache, () => {
    const { connectionId, dataset, ownerId, unreadable, partial } = write
    // It went while it was asked: its rows would belong to nobody.
    if (write.owner === 'client' && !clientIsKnown(store, write)) return { changed: false, more: 0 }
    const context: RowContext = { db: store.cache, connectionId, askedAt: write.askedAt, removedNotes: store.removedNotes }
    const since = ownerAsOf(store, write)
    const changes: ChangeTrack | null = since === null ? null : { sequence: write.sequence, dataset, since, at: write.at }
    const rows = write.rows.filter(
      ({ id }) => !removedSince(store.removedNotes, { key: removedKey(connectionId, id), askedAt: write.askedAt }),
    )
    const outcome = upsertRows(descriptorOf(dataset), { context, rows, walk: 'none', changes })
    const gone = removeMissing(store, write, changes)
    writeOwnerState(store.cache, connectionId, { dataset, ownerId, asOf: write.at, unread: unreadable.length, error: null })
    replaceUnread(store.cache, write, [...unreadable, ...partial])
    if (write.owner === 'client') refreshSummaries(store.cache, connectionId, [ownerId])
    return { changed: gone + outcome.added.length + outcome.changed.length > 0, more: outcome.added.length - gone }
  })

const clientIsKnown = (store: Store, { connectionId, ownerId }: { connectionId: string; ownerId: string }): boolean =>
  get(store.cache, sql`SELECT 1 FROM client WHERE connection_id = ${connectionId} AND id = ${ownerId}`) !== undefined

/** How many rows of one owner are known. */
export const countOwnerRows = (
  store: Store,
  { connectionId, dataset, ownerId }: { connectionId: string; dataset: OwnedDataset; ownerId: string },
): number => {
  const query =
    dataset === 'notes'
      ? sql`SELECT count(*) n FROM note WHERE connection_id = ${connectionId} AND client_id = ${ownerId}`
      : sql`SELECT count(*) n FROM client_limit WHERE connection_id = ${connectionId} AND owner_id = ${ownerId}`
  return all<{ n: number }>(store.cache, query)[0]?.n ?? 0
}

const ownerAsOf = (
  store: Store,
  { connectionId, dataset, ownerId }: { connectionId: string; dataset: string; ownerId: string },
): number | null => {
  const query = sql`SELECT as_of FROM owner_state WHERE connection_id = ${connectionId} AND dataset = ${dataset} AND owner_id = ${ownerId}`
  return all<{ as_of: number | null }>(store.cache, query)[0]?.as_of ?? null
}

const removeMissing = <D extends OwnedDataset>(store: Store, write: OwnerRows<D>, changes: ChangeTrack | null): number => {
  const { connectionId, dataset, owner, ownerId, unreadable } = write
  // A row that came without a readable id may be any of those that did not come.
  if (unreadable.some(({ id }) => id === null)) return 0
  const kept = new Set([...write.rows, ...unreadable].map(({ id }) => id))
  const known =
    dataset === 'notes'
      ? sql`SELECT id FROM note WHERE connection_id = ${connectionId} AND client_id = ${ownerId} AND coalesce(created_at, 0) <= ${write.at}`
      : sql`SELECT id FROM client_limit WHERE connection_id = ${connectionId} AND owner = ${owner} AND owner_id = ${ownerId}`
  const gone = all<{ id: string }>(store.cache, known).filter(({ id }) => !kept.has(id))
  for (const { id } of gone) {
    if (changes) {
      const clientId = owner === 'client' ? ownerId : null
      spoolChange(store.cache, connectionId, { track: changes, change: { kind: 'removed', id, clientId, changes: {} } })
    }
    run(
      store.cache,
      dataset === 'notes'
        ? sql`DELETE FROM note WHERE connection_id = ${connectionId} AND id = ${id}`
        : sql`DELETE FROM client_limit WHERE connection_id = ${connectionId} AND id = ${id}`,
    )
  }
  return gone.length
}
