import { entities } from '@shared/domain/entities'
import { answeredKey, OWN_ANSWER, removedSince } from '../cache/removed-notes'
import { statement } from '../sql'
import { columnsOf } from './columns'
import type { DatasetDescriptor } from './descriptor'

const { text, integer, flag } = columnsOf(entities.notes)

export const notes: DatasetDescriptor<'notes'> = {
  dataset: 'notes',
  table: 'note',
  columns: [
    ...[...text('clientId'), ...integer('createdAt', 'modifiedAt'), ...text('authorId', 'authorName', 'text')],
    ...[...integer('alertAt'), ...flag('confirmed', 'system')],
  ],
  journal: (row) => row('client_id'),
  touches: [{ kind: 'client', by: 'client_id', of: [] }],
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
