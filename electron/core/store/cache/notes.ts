import type { Note } from '@shared/domain/entities'
import type { Store } from '../connection'
import { notes } from '../datasets/notes'
import { inTransaction, run, sql, statement } from '../sql'
import { answeredKey, LONGEST_REQUEST_MS, OWN_ANSWER, removedKey } from './removed-notes'
import { refreshSummaries } from './summary'
import { OWN_WALK, upsertRows } from './upsert'

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
    upsertRows(notes, { context, rows: [note], walk: 'none', changes: null })
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
