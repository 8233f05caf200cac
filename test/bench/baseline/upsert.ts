import type Database from 'better-sqlite3'
import { fold, pairs } from './search-text'

/** One row as it will lie in its table: the cells in the table's own order, `extra` last, and what it is found by. */
export interface BaselineRow {
  id: string
  cells: (string | number | null)[]
  search?: { kind: string; clientId: string | null; text: string }
  clientId: string | null
}
export interface BaselineTable {
  table: string
  dataset: string
  columns: readonly string[]
}
export interface BaselineWriter {
  dataset: string
  write: (rows: readonly BaselineRow[], walk: number) => void
}
const CONNECTION = 'c1'
/** As long as a digest; nothing is worked out, the rows are compared cell by cell. */
const NO_HASH = '0'.repeat(28)

/** Upserts one table with prepared statements and nothing between them and the driver. `tell`: leave change rows. */
export const baselineWriter = (db: Database.Database, { table, dataset, columns }: BaselineTable, tell: boolean): BaselineWriter => {
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
    dataset,
    write: (rows, walk) => {
      for (const row of rows) {
        const old = find.get(CONNECTION, row.id) as [number, number, ...unknown[]] | undefined
        if (!old) {
          const { lastInsertRowid } = insert.run(CONNECTION, row.id, ...row.cells, NO_HASH, walk)
          if (tell) change(row, 'added', '{}')
          index(row, Number(lastInsertRowid), true)
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
        index(row, old[0], false)
      }
    },
  }
}

const changeWriter = (db: Database.Database, dataset: string) => {
  const insert = db.prepare('INSERT INTO change_spool VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  let seq = Number(db.prepare('SELECT ifnull(max(seq), 0) FROM change_spool').pluck().get())
  const syncId = `${dataset}-${String(seq)}`
  return (row: BaselineRow, kind: string, changes: string): void => {
    insert.run(syncId, ++seq, CONNECTION, dataset, row.id, row.clientId, kind, changes, 1, 2)
  }
}

const KINDS = ['client', 'contract', 'tariff_plan', 'server', 'account']

const searchWriter = (db: Database.Database) => {
  const find = db.prepare('SELECT folded FROM search_row WHERE rowid = ?').pluck()
  const insert = db.prepare('INSERT INTO search_row (rowid, kind, connection_id, id, client_id, folded) VALUES (?, ?, ?, ?, ?, ?)')
  const update = db.prepare('UPDATE search_row SET folded = ? WHERE rowid = ?')
  const addLong = db.prepare('INSERT INTO search_trigram (rowid, folded) VALUES (?, ?)')
  const addShort = db.prepare('INSERT INTO search_pair (rowid, pairs) VALUES (?, ?)')
  const dropLong = db.prepare('DELETE FROM search_trigram WHERE rowid = ?')
  const dropShort = db.prepare('DELETE FROM search_pair WHERE rowid = ?')
  return ({ id, search }: BaselineRow, entity: number, added: boolean): void => {
    if (!search) return
    const rowid = entity * 8 + KINDS.indexOf(search.kind)
    const folded = fold(search.text)
    if (added) insert.run(rowid, search.kind, CONNECTION, id, search.clientId, folded)
    else {
      if (find.get(rowid) === folded) return
      update.run(folded, rowid)
      dropLong.run(rowid)
      dropShort.run(rowid)
    }
    addLong.run(rowid, folded)
    addShort.run(rowid, pairs(folded))
  }
}
