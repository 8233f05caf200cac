import type { Money } from '@shared/domain/money'
import { sql, statement, trusted, type Db } from '../sql'
import { every, value } from './query'

/** A sum of money of each row by its number, in flat arrays: adding up any part of a list takes no query. */
export interface MoneyFigures {
  /** Place of the row's currency in `currencies`, from 1; 0 = the row has no sum. */
  of: Uint8Array
  minor: Float64Array
  currencies: string[]
}

/** `money`: the columns of the minor units and of the currency; `counted`: which rows count at all. */
export const moneyFigures = (
  cache: Db,
  connectionId: string | null,
  { table, minor, currency, counted = '1' }: { table: string; minor: string; currency: string; counted?: string },
): MoneyFigures => {
  const own = connectionId === null ? sql`1` : sql`connection_id = ${connectionId}`
  const known = every([trusted(`${minor} IS NOT NULL AND ${currency} IS NOT NULL`), trusted(counted), own])
  const { text, params } = sql`/* raw */ SELECT rowid, ${trusted(minor)}, ${trusted(currency)} FROM ${trusted(table)} WHERE ${known}`
  // Row by row: all of them at once would be garbage that the core carries for the rest of the day.
  const rows = statement(cache, text)
    .raw()
    .iterate(...params) as IterableIterator<[number, number, string]>
  const size = (value<number>(cache, sql`SELECT max(rowid) FROM ${trusted(table)}`) ?? 0) + 1
  const figures: MoneyFigures = { of: new Uint8Array(size), minor: new Float64Array(size), currencies: [] }
  const places = new Map<string, number>()
  for (const [rowid, amount, code] of rows) {
    const place = places.get(code) ?? places.size + 1
    places.set(code, place)
    figures.of[rowid] = place
    figures.minor[rowid] = amount
  }
  return { ...figures, currencies: [...places.keys()] }
}

/** One sum a currency, in the order of their codes. */
export const sumOf = (rowids: readonly number[], { of, minor, currencies }: MoneyFigures): Money[] => {
  const sums = new Float64Array(currencies.length + 1)
  const seen = new Uint8Array(currencies.length + 1)
  for (const rowid of rowids) {
    const place = of[rowid] ?? 0
    seen[place] = 1
    sums[place] = (sums[place] ?? 0) + (place === 0 ? 0 : (minor[rowid] ?? 0))
  }
  return currencies
    .flatMap((currency, at) => (seen[at + 1] === 1 ? [{ minor: sums[at + 1] ?? 0, currency }] : []))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1))
}
