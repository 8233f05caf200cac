import type { SearchKind } from '@shared/domain/dataset-names'
import { foldText } from '@shared/domain/text'
import { entityRowid, isOfKind } from '../search-numbers'
import { all, join, sql, type Db, type Query } from '../sql'
import { column, every, value } from './query'

interface Search {
  kind: SearchKind
  connectionId: string | null
  text: string
}

/**
 * The rows whose folded text holds every word of the query: three letters and more anywhere in it, two letters
 * anywhere, one letter at the start of a word. A table expression; null = no condition. The index leads and each row
 * is looked up as it comes, so that whoever wants a few does not wait for all.
 */
export const matching = (search: Search): Query | null => {
  const [first, ...others] = indexes(search.text)
  if (!first) return null
  const also = others.map((index) => sql`r.rowid IN (SELECT rowid FROM ${index})`)
  const one = search.connectionId === null ? [] : [sql`r.connection_id = ${search.connectionId}`]
  return sql`(SELECT r.connection_id, r.id, r.client_id, r.folded, r.rowid FROM (SELECT rowid AS found FROM ${first} AND ${isOfKind(search.kind)}) CROSS JOIN search_row r
    ON r.rowid = found WHERE ${every([sql`r.kind = ${search.kind}`, ...one, ...also])})`
}

/**
 * Row numbers of all entities of a kind whose text matches, over all connections and in no order; null = no condition.
 * Only the indexes are read: what comes of a hit is the caller's affair.
 */
export const rowidsMatching = (cache: Db, kind: SearchKind, text: string): number[] | null => {
  const [first, ...others] = indexes(text)
  if (!first) return null
  const also = others.map((index) => sql` AND rowid IN (SELECT rowid FROM ${index})`)
  return column<number>(cache, sql`SELECT ${entityRowid(kind)} FROM ${first} AND ${isOfKind(kind)}${join(also, '')}`)
}

const LETTERS = /[\p{L}\p{N}]+/gu

const indexes = (text: string): Query[] => {
  const words = foldText(text).split(' ')
  const long = words.filter((word) => [...word].length >= 3)
  // Pairs and first letters are indexed without punctuation.
  const short = words.filter((word) => [...word].length < 3).flatMap((word) => word.match(LETTERS) ?? [])
  return [
    ...(long.length > 0 ? [sql`search_trigram WHERE search_trigram MATCH ${long.map(quoted).join(' AND ')}`] : []),
    ...(short.length > 0 ? [sql`search_pair WHERE search_pair MATCH ${short.map(quoted).join(' AND ')}`] : []),
  ]
}

/** A query language is hidden in MATCH: as a quoted string a word is only a word. */
const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`

/** How many rows are looked at before the best of them are chosen: typing goes on meanwhile. */
const CANDIDATES = 200

interface Candidate {
  connection_id: string
  id: string
  client_id: string | null
  folded: string
}
export interface Found {
  connectionId: string
  id: string
  clientId: string | null
}

/** The first rows that match; those that begin with the query stand before those that only hold it. */
export const findRows = (cache: Db, search: Search, limit: number): Found[] => {
  const found = matching(search)
  if (found === null) return []
  const folded = foldText(search.text)
  const rank = ({ folded: text }: Candidate): number => (text.startsWith(folded) ? 0 : text.includes(` ${folded}`) ? 1 : 2)
  return all<Candidate>(cache, sql`SELECT connection_id, id, client_id, folded FROM ${found} LIMIT ${CANDIDATES}`)
    .sort((a, b) => rank(a) - rank(b) || (a.folded < b.folded ? -1 : 1))
    .slice(0, limit)
    .map(({ connection_id, id, client_id }) => ({ connectionId: connection_id, id, clientId: client_id }))
}

export const countRows = (cache: Db, search: Search): number => {
  const found = matching(search)
  return found === null ? 0 : (value<number>(cache, sql`SELECT count(*) FROM ${found}`) ?? 0)
}
