import type { Store } from './connection'
import { asOfAll } from './read/sync-status'
import { column, listOf } from './read/query'
import { all, run, sql } from './sql'

const AT_ONCE = 500

interface Name {
  row: number
  connectionId: string
  remoteId: string
}

/**
 * Drops our own names of notes that are nowhere any more: not on their platform, as far as its notes were read to the end,
 * and in no command that is kept. @returns rows removed.
 */
export const dropUnusedNames = async (store: Store, pause: () => Promise<void>): Promise<number> => {
  for (let removed = 0, after = 0; ;) {
    const names = all<Name>(
      store.local,
      sql`SELECT rowid AS row, connection_id AS connectionId, remote_id AS remoteId FROM note_identity AS name
        WHERE rowid > ${after} AND NOT EXISTS (
          SELECT 1 FROM command AS c WHERE c.connection_id = name.connection_id AND c.subject_kind = 'notes' AND c.subject_uid = name.uid)
        ORDER BY rowid LIMIT ${AT_ONCE}`,
    )
    const unused = [...Map.groupBy(names, ({ connectionId }) => connectionId)].flatMap(([id, of]) => unusedOf(store, id, of))
    if (unused.length > 0) removed += run(store.local, sql`DELETE FROM note_identity WHERE rowid IN ${listOf(unused)}`).changes
    if (names.length < AT_ONCE) return removed
    after = names.at(-1)?.row ?? after
    await pause()
  }
}

const unusedOf = ({ cache }: Store, connectionId: string, names: readonly Name[]): number[] => {
  if (!asOfAll(cache, connectionId, ['notes']).complete) return []
  const ids = listOf(names.map(({ remoteId }) => remoteId))
  const there = new Set(column<string>(cache, sql`SELECT id FROM note WHERE connection_id = ${connectionId} AND id IN ${ids}`))
  return names.filter(({ remoteId }) => !there.has(remoteId)).map(({ row }) => row)
}
