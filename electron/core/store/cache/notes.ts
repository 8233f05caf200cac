import type { Note } from '@shared/domain/entities'
import type { Store } from '../connection'
import { inTransaction, run, sql, statement } from '../sql'
import { flag, named, type EntityTable } from './entity-table'
import { refreshSummaries } from './summary'
import { OWN_WALK, upsertRows } from './upsert'

export const noteTable: EntityTable<'notes'> = {
  dataset: 'notes',
  table: 'note',
  columns: named('client_id', 'created_at', 'modified_at', 'author_id', 'author_name', 'text', 'alert_at', 'confirmed', 'system'),
  cells: (note) => [
    note.clientId,
    note.createdAt,
    note.modifiedAt,
    note.authorId,
    note.authorName,
    note.text,
    note.alertAt,
    flag(note.confirmed),
    flag(note.system),
  ],
  touches: [{ kind: 'client', by: 'client_id', of: [] }],
  clientOf: (note) => note.clientId,
  // A page that was asked for before an edit must not undo it.
  isStale: (note, { db, rowid }) => {
    const row = statement(db, 'SELECT modified_at FROM note WHERE rowid = ?').get(rowid) as { modified_at: number | null } | undefined
    return typeof row?.modified_at === 'number' && note.modifiedAt !== null && row.modified_at > note.modifiedAt
  },
}

/** Was it removed here after this page was asked for? Then the page is older than the removal. */
export const removedSince = (removed: ReadonlyMap<string, number>, note: { key: string; askedAt: number }): boolean =>
  (removed.get(note.key) ?? Number.NEGATIVE_INFINITY) >= note.askedAt
export const removedKey = (connectionId: string, noteId: string): string => `${connectionId}\n${noteId}`

/**
 * Writes the platform's answer to an own command into the cache. Idempotent, and leaves no change row: the person did it.
 */
export const applyNote = (store: Store, connectionId: string, note: Note): void => {
  const { cache } = store
  inTransaction(cache, () => {
    const context = { db: cache, connectionId, askedAt: Number.POSITIVE_INFINITY, removedNotes: new Map<string, number>() }
    upsertRows(noteTable, { context, rows: [note], walk: 'none', changes: null })
    refreshSummaries(cache, connectionId, [note.clientId])
  })
}

/** Takes a note out of the cache after the platform deleted it. Idempotent, no change row. */
export const removeNote = (store: Store, connectionId: string, { noteId, at }: { noteId: string; at: number }): void => {
  const { cache } = store
  inTransaction(cache, () => {
    const row = statement(cache, 'SELECT client_id FROM note WHERE connection_id = ? AND id = ?').get(connectionId, noteId) as
      { client_id: string } | undefined
    if (!row) return
    run(cache, sql`DELETE FROM note WHERE connection_id = ${connectionId} AND id = ${noteId}`)
    refreshSummaries(cache, connectionId, [row.client_id])
  })
  store.removedNotes.set(removedKey(connectionId, noteId), at)
}

/** At the start of a walk: notes written since the last one lose their protection against this one's end. */
export const unprotectOwnNotes = (store: Store, connectionId: string, previousWalk: number): void => {
  run(store.cache, sql`UPDATE note SET walk = ${previousWalk} WHERE connection_id = ${connectionId} AND walk = ${OWN_WALK}`)
}
