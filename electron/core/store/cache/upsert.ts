import { hash } from 'node:crypto'
import type { Dataset } from '@shared/domain/datasets'
import type { EntityOf } from '@shared/domain/entities'
import type Database from 'better-sqlite3'
import type { CellValue } from '../datasets/columns'
import type { DatasetDescriptor, RowContext, RowText } from '../datasets/descriptor'
import { statement, type Db } from '../sql'
import { differences, spoolChange, type Change, type ChangeTrack } from './change-spool'
import { indexRow } from './search-index'
import type { Touched } from './touched'

/** Of rows written between two walks: a walk that had begun before must not remove them. */
export const OWN_WALK = -1

interface UpsertRows<D extends Dataset> {
  context: RowContext
  rows: readonly EntityOf[D][]
  /** The walk that saw the rows; 'none' between walks: known rows keep theirs, new ones are protected from a running walk's end. */
  walk: number | 'none'
  changes: ChangeTrack | null
}
export interface UpsertOutcome {
  added: string[]
  changed: string[]
  /** Rows that this walk had not seen before: its distinct ids. */
  fresh: number
}

/**
 * Writes rows by comparing hashes: an unchanged row only learns that this walk saw it. Runs inside the caller's
 * transaction, which holds at most one page.
 */
export const upsertRows = <D extends Dataset>(
  table: DatasetDescriptor<D>,
  { context, rows, walk, changes }: UpsertRows<D>,
): UpsertOutcome => {
  const statements = prepare(context.db, table)
  const touch = toucher(table, context.touched)
  const outcome: UpsertOutcome = { added: [], changed: [], fresh: 0 }
  for (const entity of rows) {
    const cells = [...table.columns.map(({ cell }) => cell(entity)), JSON.stringify(entity.extra)]
    const digest = hash('sha1', JSON.stringify(cells), 'base64')
    const known = statements.find.get(context.connectionId, entity.id) as [number, string, number] | undefined
    const seen = walk === 'none' ? (known?.[2] ?? OWN_WALK) : walk
    if (known?.[2] !== seen) outcome.fresh++
    let rowid = known?.[0] ?? 0
    if (!known) {
      rowid = Number(statements.insert.run(context.connectionId, entity.id, ...cells, digest, seen).lastInsertRowid)
      outcome.added.push(entity.id)
      if (changes) tell(table, { context, entity, changes, before: null, cells })
      touch(entity.id, null, cells)
    } else if (known[1] === digest || table.isStale?.(entity, { ...context, rowid: known[0] }) === true) {
      if (known[2] !== seen) statements.touch.run(seen, known[0])
      continue
    } else {
      const before = statements.old.get(known[0]) as CellValue[]
      if (changes) tell(table, { context, entity, changes, before, cells })
      touch(entity.id, before, cells)
      statements.update.run(...cells, digest, seen, known[0])
      outcome.changed.push(entity.id)
    }
    settle(table, { context, entity, cells, rowid, added: !known })
  }
  return outcome
}

/** Tells whose figures stand on a row as it was (null: it is new) and as it is, where something of them is different. */
const toucher = <D extends Dataset>({ columns, touches }: DatasetDescriptor<D>, touched: Touched | undefined) => {
  const place = (column: string): number => columns.findIndex(({ name }) => name === column)
  const told = (touched ? (touches ?? []) : []).map(({ kind, by, of, negative }) => ({
    ...{ kind, by: place(by), of: of.map(place), negative: negative === undefined ? null : place(negative) },
  }))
  return (id: string, before: readonly CellValue[] | null, after: readonly CellValue[]): void => {
    for (const { kind, by, of, negative } of told) {
      if (negative !== null && !(Number(before?.[negative] ?? 0) < 0) && !(Number(after[negative] ?? 0) < 0)) continue
      // A column that is no cell is the id itself.
      const nameIn = (cells: readonly CellValue[]): string | null => (by < 0 ? id : ((cells[by] ?? null) as string | null))
      if (before && nameIn(before) === nameIn(after) && of.every((at) => before[at] === after[at])) continue
      if (before) touched?.add(kind, nameIn(before))
      touched?.add(kind, nameIn(after))
    }
  }
}

/** What else must follow a written row: its search text, and the rows that carry a piece of it. */
const settle = <D extends Dataset>(table: DatasetDescriptor<D>, { context, entity, cells, rowid, added }: Settled<D>): void => {
  if (table.search) {
    const { kind, text, keepsClient } = table.search
    const clientId = keepsClient ? ownerOf(table, textIn(table, entity.id, cells), context) : null
    const { db, connectionId } = context
    indexRow(db, { kind, clientId, text: text(entity, context), connectionId, id: entity.id, rowid, added })
  }
  table.follow?.(entity, context)
}

/** The client that a row is told under; null where there is none. */
export const ownerOf = <D extends Dataset>({ journal }: DatasetDescriptor<D>, row: RowText, context: RowContext): string | null =>
  journal === 'none' ? null : journal(row, context)

const textIn = <D extends Dataset>({ table, columns }: DatasetDescriptor<D>, id: string, cells: readonly CellValue[]): RowText => {
  return (column) => {
    if (column === 'id') return id
    const place = columns.findIndex(({ name }) => name === column)
    if (place < 0) throw new Error(`${table} has no column ${column}`)
    return cells[place] as string | null
  }
}
interface Settled<D extends Dataset> {
  context: RowContext
  entity: EntityOf[D]
  cells: CellValue[]
  rowid: number
  added: boolean
}

interface Told<D extends Dataset> {
  context: RowContext
  entity: EntityOf[D]
  changes: ChangeTrack
  before: unknown[] | null
  cells: CellValue[]
}
const tell = <D extends Dataset>(table: DatasetDescriptor<D>, { context, entity, changes: track, before, cells }: Told<D>): void => {
  if (table.journal === 'none') return
  const fields = before === null ? nameOf(entity) : differences(table.columns, before, cells)
  // What is only derived, or lies here in another way than before, has not changed on the platform.
  if (before !== null && Object.keys(fields).length === 0) return
  const change = {
    kind: before === null ? ('added' as const) : ('changed' as const),
    id: entity.id,
    clientId: ownerOf(table, textIn(table, entity.id, cells), context),
    changes: fields,
  }
  spoolChange(context.db, context.connectionId, { track, change })
}

/** What came is told by its name: it may be gone again before somebody reads of it. */
const nameOf = (entity: { id: string; name?: string; login?: string }): Change['changes'] => {
  const name = entity.name ?? entity.login
  return name === undefined ? {} : { name: [null, name] }
}

interface Statements {
  find: Database.Statement
  touch: Database.Statement
  insert: Database.Statement
  update: Database.Statement
  old: Database.Statement
}
const prepare = <D extends Dataset>(db: Db, { table, columns }: DatasetDescriptor<D>): Statements => {
  const names = [...columns.map(({ name }) => name), 'extra']
  const places = '?, '.repeat(names.length)
  return {
    find: statement(db, `SELECT rowid, hash, walk FROM ${table} WHERE connection_id = ? AND id = ?`).raw(),
    touch: statement(db, `UPDATE ${table} SET walk = ? WHERE rowid = ?`),
    insert: statement(db, `INSERT INTO ${table} (connection_id, id, ${names.join(', ')}, hash, walk) VALUES (?, ?, ${places}?, ?)`),
    update: statement(db, `UPDATE ${table} SET ${names.map((name) => `${name} = ?`).join(', ')}, hash = ?, walk = ? WHERE rowid = ?`),
    old: statement(db, `SELECT ${names.join(', ')} FROM ${table} WHERE rowid = ?`).raw(),
  }
}
