import type { Dataset } from '@shared/domain/datasets'
import { statement, type Db } from '../sql'
import type { CellValue, Column } from '../datasets/columns'

/** Where the changes that one pass sees are numbered. One object a pass; a new pass has a new id. */
export interface ChangeSequence {
  syncId: string
  next: number
}

/** Set only for a dataset that was complete before: in a first walk everything would be "added". */
export interface ChangeTrack {
  sequence: ChangeSequence
  dataset: Dataset
  /** The dataset's as-of before this walk, and the server's time now: the change happened between the two. */
  since: number | null
  at: number
}

export interface Change {
  kind: 'added' | 'changed' | 'removed'
  id: string
  clientId: string | null
  /** {field: [old, new]}; of what came or went, its name. */
  changes: Record<string, [unknown, unknown]>
}

export const spoolChange = (db: Db, connectionId: string, { track, change }: { track: ChangeTrack; change: Change }): void => {
  statement(
    db,
    `INSERT INTO change_spool (sync_id, seq, connection_id, dataset, entity_id, client_id, kind, changes, since, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    track.sequence.syncId,
    track.sequence.next++,
    connectionId,
    track.dataset,
    change.id,
    change.clientId,
    change.kind,
    JSON.stringify(change.changes),
    track.since,
    track.at,
  )
}

type Compared = Pick<Column<never>, 'field' | 'json'>
const EXTRA: Compared = { field: 'extra', json: true }

/** Compares two rows of one table, cell by cell; `extra` comes last. JSON cells are told as the values they hold. */
export const differences = (columns: readonly Compared[], before: readonly unknown[], after: readonly CellValue[]): Change['changes'] => {
  const found: Change['changes'] = {}
  for (const [index, { field, json }] of [...columns, EXTRA].entries()) {
    const [was, is] = [before[index], after[index]]
    if (field !== null && was !== is) found[field] = [plain(was, json), plain(is, json)]
  }
  return found
}

const plain = (value: unknown, json: boolean): unknown =>
  json && typeof value === 'string' ? (JSON.parse(value) as unknown) : (value ?? null)
