import { Query, sql, statement, type Db, type SqlValue } from '../sql'

/** Small additions to `sql.ts` that reads need: lists for IN, and single columns without an object for each row. */
export const listOf = (values: readonly SqlValue[]): Query => new Query(`(${values.map(() => '?').join(', ')})`, values)

/** `a AND b AND …`; with no condition: true. */
export const every = (conditions: readonly Query[]): Query =>
  conditions.length === 0 ? sql`1` : new Query(conditions.map((it) => `(${it.text})`).join(' AND '), paramsOf(conditions))
const paramsOf = (queries: readonly Query[]): SqlValue[] => queries.flatMap((query) => query.params)

/** A prepared statement remembers that it plucks, so these texts are kept apart from those read as rows. */
const plucked = (db: Db, query: Query) => statement(db, `/* column */ ${query.text}`).pluck()

export const column = <T extends SqlValue>(db: Db, query: Query): T[] => plucked(db, query).all(...query.params) as T[]
export const value = <T extends SqlValue>(db: Db, query: Query): T | undefined => plucked(db, query).get(...query.params) as T | undefined

/** Rows that were read by their numbers, in the order of the numbers. */
export const inOrder = <Raw extends { rowid: number }, Row>(
  rowids: readonly number[],
  rows: readonly Raw[],
  toRow: (raw: Raw) => Row,
): Row[] => {
  const byNumber = new Map(rows.map((row) => [row.rowid, row]))
  return rowids.flatMap((rowid) => {
    const row = byNumber.get(rowid)
    return row ? [toRow(row)] : []
  })
}
