import { BALANCE_BY, DATASETS, type DatasetName } from '../datasets'
import type { Cloud } from '../cloud'
import type { Value } from '../store'

/** Reads rows as the API sends them: bodies with their holes filled, never objects. */
export interface Condition {
  readonly sql: string
  readonly value?: Value
}

export interface Selection {
  readonly dataset: DatasetName
  readonly where: readonly Condition[]
  readonly sort: string | null
}

export interface Reader {
  count(selection: Selection): number
  rows(selection: Selection, limit: number, offset: number): string[]
  one(dataset: DatasetName, id: string): string | undefined
}

interface BodyRow {
  readonly body: string
  readonly ctime: string
  readonly balance?: number
  readonly rate?: number
  readonly settled?: number
  readonly contract?: string
}

const SORTABLE = new Set(['ctime', 'name', 'id'])

/** An unknown sort key is ignored, as the framework's ordering filter does. */
function orderOf({ dataset, sort }: Pick<Selection, 'dataset' | 'sort'>): string {
  const down = sort?.startsWith('-') === true
  const key = (sort ?? '').replace(/^-/, '')
  const direction = down ? 'DESC' : 'ASC'
  if (SORTABLE.has(key)) return `"${key}" ${direction}, n ${direction}`
  return DATASETS[dataset].order === 'newest' ? 'ctime DESC, n DESC' : 'id ASC'
}

function columns(dataset: DatasetName): { fields: string; join: string } {
  const by = BALANCE_BY[dataset]
  if (by === undefined) return { fields: 'x.body, x.ctime', join: '' }
  const contract = dataset === 'client' ? ', k.body AS contract' : ''
  return { fields: `x.body, x.ctime, k.balance, k.rate, k.settled${contract}`, join: `LEFT JOIN contract k ON k.n = x."${by}"` }
}

function render(cloud: Cloud, dataset: DatasetName, row: BodyRow): string {
  const { balance, rate, settled, contract } = row
  const account = typeof balance === 'number' ? { balance, rate: rate ?? 0, settled: settled ?? 0 } : undefined
  const shown = dataset === 'contract' ? contractWithTime(cloud, row) : row.body
  const parts = {
    ...(account === undefined ? {} : { balance: cloud.ledger.balance(account) }),
    ...(typeof contract === 'string' ? { contract } : {}),
  }
  return cloud.fragments.fill({ body: shown, ...parts })
}

/** The client's nested contract has no time of creation; the contract's own (INFERRED) card has. */
function contractWithTime(cloud: Cloud, row: BodyRow): string {
  const name = cloud.profile.fields.contract['created'] ?? 'ctime'
  return `${row.body.slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(row.ctime)}}`
}

export function readerOf(cloud: Cloud): Reader {
  const counts = new Map<string, { version: number; count: number }>()
  const { store } = cloud
  const filter = (where: readonly Condition[]) => (where.length === 0 ? '' : `WHERE ${where.map((one) => one.sql).join(' AND ')}`)
  const values = (where: readonly Condition[]) => where.flatMap((one) => (one.value === undefined ? [] : [one.value]))
  const count = ({ dataset, where }: Selection): number => {
    const key = JSON.stringify([dataset, where])
    const version = cloud.store.version(dataset)
    const known = counts.get(key)
    if (known?.version === version) return known.count
    const total =
      store.sql<Value[], { count: number }>(`SELECT count(*) AS count FROM "${dataset}" ${filter(where)}`).get(...values(where))?.count ?? 0
    if (counts.size > 500) counts.clear()
    counts.set(key, { version, count: total })
    return total
  }
  const rows = (selection: Selection, limit: number, offset: number): string[] => {
    const { dataset, where } = selection
    const { fields, join } = columns(dataset)
    // The inner query walks an index without touching bodies; CROSS JOIN keeps its order.
    const inner = `SELECT n FROM "${dataset}" ${filter(where)} ORDER BY ${orderOf(selection)} LIMIT ? OFFSET ?`
    const sql = `SELECT ${fields} FROM (${inner}) p CROSS JOIN "${dataset}" x ON x.n = p.n ${join}`
    return store
      .sql<Value[], BodyRow>(sql)
      .all(...values(where), limit, offset)
      .map((row) => render(cloud, dataset, row))
  }
  return { count, rows, one: (dataset, id) => rows({ dataset, where: [{ sql: 'id = ?', value: id }], sort: null }, 1, 0)[0] }
}
