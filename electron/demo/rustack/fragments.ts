/**
 * A body is stored as JSON text with holes: strings that begin with NUL and name a fragment. What many rows share, and what
 * changes by itself (a balance, a plan's number of contracts), is put in when a row is sent, so a page is text put together
 * and still true.
 */
export const hole = (key: string) => `\u0000${key}`

export interface RowParts {
  readonly body: string
  /** Kopecks now; rows without a contract have none. */
  readonly balance?: number
  /** The nested contract of a client, itself with holes. */
  readonly contract?: string
}

export interface Fragments {
  set(key: string, json: string): void
  get(key: string): string | undefined
  fill(row: RowParts): string
}

const HOLE = /"\\u0000(\w+)"/g
const money = (kopecks: number) => String(kopecks / 100)

export function fragmentsOf(initial: readonly (readonly [string, string])[]): Fragments {
  const shared = new Map(initial)
  const fill = (row: RowParts): string =>
    row.body.replace(HOLE, (_, key: string) => {
      if (key === 'balance') return money(row.balance ?? 0)
      if (key === 'contract') return row.contract === undefined ? 'null' : fill({ ...row, body: row.contract })
      return shared.get(key) ?? 'null'
    })
  return {
    set: (key, json) => {
      shared.set(key, json)
    },
    get: (key) => shared.get(key),
    fill,
  }
}
