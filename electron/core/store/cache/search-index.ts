import type { SearchKind } from '@shared/domain/dataset-names'
import { foldText } from '@shared/domain/text'
import { statement, type Db } from '../sql'
import { searchRowid } from '../search-numbers'

interface IndexRow {
  kind: SearchKind
  clientId: string | null
  /** Not folded yet. */
  text: string
  connectionId: string
  id: string
  /** Of the entity's own table. */
  rowid: number
  /** The row was just inserted: nothing of it can be in the index yet. */
  added: boolean
}

/** Keeps the three search structures of a row in step with its text; does nothing when the text is the same. */
export const indexRow = (db: Db, row: IndexRow): void => {
  const folded = foldText(row.text)
  const rowid = searchRowid(row.kind, row.rowid)
  const known = row.added ? undefined : find(db, rowid)
  if (known && known.folded === folded && known.client_id === row.clientId) return
  if (!known) {
    const insert = statement(db, 'INSERT INTO search_row (rowid, kind, connection_id, id, client_id, folded) VALUES (?, ?, ?, ?, ?, ?)')
    insert.run(rowid, row.kind, row.connectionId, row.id, row.clientId, folded)
    addTokens(db, rowid, folded)
    return
  }
  statement(db, 'UPDATE search_row SET folded = ?, client_id = ? WHERE rowid = ?').run(folded, row.clientId, rowid)
  if (known.folded === folded) return
  dropTokens(db, rowid)
  addTokens(db, rowid, folded)
}

export const unindexRow = (db: Db, kind: SearchKind, entityRowid: number): void => {
  const rowid = searchRowid(kind, entityRowid)
  if (!find(db, rowid)) return
  dropTokens(db, rowid)
  statement(db, 'DELETE FROM search_row WHERE rowid = ?').run(rowid)
}

const find = (db: Db, rowid: number) =>
  statement(db, 'SELECT folded, client_id FROM search_row WHERE rowid = ?').get(rowid) as
    { folded: string; client_id: string | null } | undefined

const addTokens = (db: Db, rowid: number | bigint, folded: string): void => {
  statement(db, 'INSERT INTO search_trigram (rowid, folded) VALUES (?, ?)').run(rowid, folded)
  statement(db, 'INSERT INTO search_pair (rowid, pairs) VALUES (?, ?)').run(rowid, searchTokens(folded))
}

export const dropTokens = (db: Db, rowid: number | bigint): void => {
  statement(db, 'DELETE FROM search_trigram WHERE rowid = ?').run(rowid)
  statement(db, 'DELETE FROM search_pair WHERE rowid = ?').run(rowid)
}

const NO_WORD = /[^\p{L}\p{N}]+/u

/**
 * What a text is found by when only one or two letters are typed: every pair of letters within a word, and the first
 * letter of each word. Each is one token of `search_pair`, separated by blanks.
 */
export const searchTokens = (folded: string): string => {
  const tokens = new Set<string>()
  for (const word of folded.split(NO_WORD)) {
    if (word !== '') tokens.add(word.charAt(0))
    for (let at = 2; at <= word.length; at++) tokens.add(word.slice(at - 2, at))
  }
  return [...tokens].join(' ')
}
