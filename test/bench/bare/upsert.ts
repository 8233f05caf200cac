import type Database from 'better-sqlite3'
import { fold, pairs } from './search-text'

/** One row as it will lie in its table: the cells in the table's own order, `extra` last, and what it is found by. */
export interface BareRow {
  id: string
  cells: (string | number | null)[]
  search?: { kind: string; clientId: string | null; text: string }
  clientId: string | null
}
export interface BareTable {
  table: string
  dataset: string
  columns: readonly string[]
}
export interface BareWriter {
  write: (rows: readonly BareRow[], walk: number) => void
}
const CONNECTION = 'c1'
/** As long as a digest; nothing is worked out, the rows are compared cell by cell. */
const NO_HASH = '0'.repeat(28)

/** Upserts one table with prepared statements and nothing between them and the driver. `tell`: leave change rows. */
export const bareWriter = (db: Database.Database, { table, dataset, columns }: BareTable, tell: boolean): BareWriter => {
  const names = [...columns, 'extra']
  const find = db.prepare(`SELECT rowid, walk, ${names.join(', ')} FROM ${table} WHERE connection_id = ? AND id = ?`).raw()
  const insert = db.prepare(
    `INSERT INTO ${table} (connection_id, id, ${names.join(', ')}, hash, walk) VALUES (?, ?, ${'?, '.repeat(names.length)}?, ?)`,
  )
  const update = db.prepare(`UPDATE ${table} SET ${names.map((name) => `${name} = ?`).join(', ')}, hash = ?, walk = ? WHERE rowid = ?`)
  const touch = db.prepare(`UPDATE ${table} SET walk = ? WHERE rowid = ?`)
  const index = searchWriter(db)
  const change = changeWriter(db, dataset)
  return {
    write: (rows, walk) => {
      for (const row of rows) {
        const old = find.get(CONNECTION, row.id) as [number, number, ...unknown[]] | undefined
        if (!old) {
          insert.run(CONNECTION, row.id, ...row.cells, NO_HASH, walk)
          if (tell) change(row, 'added', '{}')
          index(row, true)
          continue
        }
        const different = row.cells.map((cell, at) => (cell === old[at + 2] ? -1 : at)).filter((at) => at >= 0)
        if (different.length === 0) {
          touch.run(walk, old[0])
          continue
        }
        const told = Object.fromEntries(different.map((at) => [names[at], [old[at + 2], row.cells[at]]]))
        if (tell) change(row, 'changed', JSON.stringify(told))
        update.run(...row.cells, NO_HASH, walk, old[0])
        index(row, false)
      }
    },
  }
}

const changeWriter = (db: Database.Database, dataset: string) => {
  const insert = db.prepare('INSERT INTO change_spool VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  let seq = Number(db.prepare('SELECT ifnull(max(seq), 0) FROM change_spool').pluck().get())
  const syncId = `${dataset}-${String(seq)}`
  return (row: BareRow, kind: string, changes: string): void => {
    insert.run(syncId, ++seq, CONNECTION, dataset, row.id, row.clientId, kind, changes, 1, 2)
  }
}

const searchWriter = (db: Database.Database) => {
  const find = db.prepare('SELECT rowid, folded FROM search_row WHERE kind = ? AND connection_id = ? AND id = ?').raw()
  const insert = db.prepare('INSERT INTO search_row (kind, connection_id, id, client_id, folded) VALUES (?, ?, ?, ?, ?)')
  const update = db.prepare('UPDATE search_row SET folded = ? WHERE rowid = ?')
  const [addLong, addShort] = [
    db.prepare('INSERT INTO search_trigram (rowid, folded) VALUES (?, ?)'),
    db.prepare('INSERT INTO search_pair (rowid, pairs) VALUES (?, ?)'),
  ]
  const [dropLong, dropShort] = [
    db.prepare('DELETE FROM search_trigram WHERE rowid = ?'),
    db.prepare('DELETE FROM search_pair WHERE rowid = ?'),
  ]
  const add = (rowid: number | bigint, folded: string): void => {
    addLong.run(rowid, folded)
    addShort.run(rowid, pairs(folded))
  }
  return ({ id, search }: BareRow, added: boolean): void => {
    if (!search) return
    const folded = fold(search.text)
    const known = added ? undefined : (find.get(search.kind, CONNECTION, id) as [number, string] | undefined)
    if (!known) return add(insert.run(search.kind, CONNECTION, id, search.clientId, folded).lastInsertRowid, folded)
    if (known[1] === folded) return
    update.run(folded, known[0])
    dropLong.run(known[0])
    dropShort.run(known[0])
    add(known[0], folded)
  }
}
