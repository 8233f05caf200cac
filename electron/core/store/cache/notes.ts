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
  // A page that was asked for before our own answer came must not undo it. One asked for later is what the platform says
  // now, however old its text: a platform that was restored from a backup shows as what it is.
  isStale: (note, { db, rowid, connectionId, askedAt, removedNotes }) => {
    const row = statement(db, 'SELECT modified_at FROM note WHERE rowid = ?').get(rowid) as { modified_at: number | null } | undefined
    const known = row?.modified_at ?? null
    if (askedAt === OWN_ANSWER) return known !== null && note.modifiedAt !== null && known > note.modifiedAt
    const isOlder = known === null || note.modifiedAt === null || known >= note.modifiedAt
    return isOlder && removedSince(removedNotes, { key: answeredKey(connectionId, note.id), askedAt })
  },
}

/** Our own answer was asked for by nobody's page. */
const OWN_ANSWER = Number.POSITIVE_INFINITY
/** No request is under way for longer; a page that seems to have been was asked for under another clock. */
const LONGEST_REQUEST_MS = 300_000

/** Was it written or removed here after this page was asked for? Then the page is older than that. */
export const removedSince = (removed: ReadonlyMap<string, number>, note: { key: string; askedAt: number }): boolean => {
  const at = removed.get(note.key) ?? Number.NEGATIVE_INFINITY
  return at >= note.askedAt && at - note.askedAt <= LONGEST_REQUEST_MS
}
export const removedKey = (connectionId: string, noteId: string): string => `${connectionId}\n${noteId}`
const answeredKey = (connectionId: string, noteId: string): string => `${removedKey(connectionId, noteId)}\nanswered`

/** Remembers when the platform answered to our own change; what is too old to matter goes. */
export const rememberAnswer = (store: Store, connectionId: string, { noteId, at }: { noteId: string; at: number }): void => {
  for (const [key, then] of store.removedNotes) if (Math.abs(at - then) > LONGEST_REQUEST_MS) store.removedNotes.delete(key)
  store.removedNotes.set(answeredKey(connectionId, noteId), at)
}

/**
 * Writes the platform's answer to an own command into the cache. Idempotent, and leaves no change row: the person did it.
 */
export const applyNote = (store: Store, connectionId: string, note: Note): void => {
  const { cache } = store
  inTransaction(cache, () => {
    const context = { db: cache, connectionId, askedAt: OWN_ANSWER, removedNotes: new Map<string, number>() }
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
