import { hourOf } from '../naive-time'
import type { Store } from './store'

/** What one event added to (or took from) the ordered resources; every figure of the statistics is a sum of these. */
export interface UsageChange {
  readonly clients?: number
  readonly servers?: number
  readonly cpu?: number
  readonly ram?: number
  /** Place of the storage profile in the catalogue, with the size in GB. */
  readonly disk?: { readonly place: number; readonly size: number }
  readonly ip?: number
  readonly networks?: number
  readonly routers?: number
  /** Ten-thousandths of a ruble per day. */
  readonly rate?: number
}

/** clients, servers, cpu, ram, ip, networks, routers, rate, then six disk classes. */
export const FIELDS = 14
export const FIELD = { clients: 0, servers: 1, cpu: 2, ram: 3, ip: 4, networks: 5, routers: 6, rate: 7, disk: 8 } as const
export type Figures = Float64Array

export interface Usage {
  add(client: number, at: number, change: UsageChange): void
  /** Hour (counted from 1970, UTC) → what changed in it, all clients together. */
  hours(): ReadonlyMap<number, Figures>
  hoursOf(client: number): ReadonlyMap<number, Figures>
  /** Grows with every change. */
  version(): number
  /** Reads all changes anew. */
  load(): void
}

interface UsageRow {
  at: number
  clients: number
  servers: number
  cpu: number
  ram: number
  class: number
  size: number
  ip: number
  networks: number
  routers: number
  rate: number
}

function addTo(hours: Map<number, Figures>, row: UsageRow): void {
  const hour = hourOf(row.at * 1000)
  let sums = hours.get(hour)
  if (sums === undefined) hours.set(hour, (sums = new Float64Array(FIELDS)))
  const plain = [row.clients, row.servers, row.cpu, row.ram, row.ip, row.networks, row.routers, row.rate]
  for (let at = 0; at < plain.length; at++) sums[at]! += plain[at]!
  if (row.class >= 0) sums[FIELD.disk + row.class]! += row.size
}

function rowOf(at: number, change: UsageChange): UsageRow {
  const { clients = 0, servers = 0, cpu = 0, ram = 0, disk, ip = 0, networks = 0, routers = 0, rate = 0 } = change
  return {
    at: Math.floor(at / 1000),
    clients,
    servers,
    cpu,
    ram,
    class: disk?.place ?? -1,
    size: disk?.size ?? 0,
    ip,
    networks,
    routers,
    rate,
  }
}

export function usageOf(store: Store): Usage {
  const total = new Map<number, Figures>()
  const insert = store.sql<number[], never>('INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const select = 'SELECT at, clients, servers, cpu, ram, class, size, ip, networks, routers, rate FROM usage'
  const ofClient = store.sql<[number], UsageRow>(`${select} WHERE cn = ?`)
  let seq = store.sql<[], { last: number | null }>('SELECT max(seq) AS last FROM usage').get()?.last ?? 0
  return {
    add: (client, at, change) => {
      const row = rowOf(at, change)
      insert.run(
        client,
        ++seq,
        row.at,
        row.clients,
        row.servers,
        row.cpu,
        row.ram,
        row.class,
        row.size,
        row.ip,
        row.networks,
        row.routers,
        row.rate,
      )
      addTo(total, row)
    },
    hours: () => total,
    hoursOf: (client) => {
      const hours = new Map<number, Figures>()
      for (const row of ofClient.iterate(client)) addTo(hours, row)
      return hours
    },
    version: () => seq,
    load: () => {
      total.clear()
      seq++
      for (const row of store.sql<[], UsageRow>(select).iterate()) addTo(total, row)
    },
  }
}
