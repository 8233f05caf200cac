import type { NoteRow } from '@shared/ipc/notes'
import type { Clock } from '../../clock'

/**
 * A client can be missing from a list for one sync and be back with the next, and its notes with it. Their alerts are
 * held meanwhile, so that one due just then is told in time. A note that vanished while its client stayed was deleted.
 */
export interface HeldNotes {
  /** A connection's open notes with an alert as they are read now, and those held. */
  with(connectionId: string, notes: readonly NoteRow[]): NoteRow[]
}

const HOLD_MS = 3_600_000

export const createHeldNotes = ({
  clock,
  isGone,
}: {
  clock: Clock
  /** Neither the note nor its client is in the cache any more, and the client was. */
  isGone: (note: NoteRow) => boolean
}): HeldNotes => {
  const last = new Map<string, ReadonlyMap<string, { note: NoteRow; missingSince: number | null }>>()
  return {
    with: (connectionId, notes) => {
      const now = clock.elapsed()
      const next = new Map(notes.map((note) => [note.uid, { note, missingSince: null as number | null }]))
      for (const [uid, { note, missingSince }] of last.get(connectionId) ?? []) {
        const since = missingSince ?? now
        if (!next.has(uid) && now - since < HOLD_MS && isGone(note)) next.set(uid, { note, missingSince: since })
      }
      last.set(connectionId, next)
      return [...next.values()].map(({ note }) => note)
    },
  }
}
