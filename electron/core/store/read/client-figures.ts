import type { Money } from '@shared/domain/money'
import { sql, statement, type Db, type Query } from '../sql'
import { knownFigures } from './known-figures'

/** What the sums under a list are made of, a number a client in flat arrays: adding up any part of them takes no join. NaN = unknown. */
export interface ClientFigures {
  /** Row number of the client → place in the arrays; -1 = no such client. */
  at: Int32Array
  sums: Record<'projects' | 'servers' | 'cpu' | 'ramGb' | 'volumeGb', Float64Array>
  /** Which balance is the client's (-1 = none known), and the balances, one a contract. */
  contracts: { of: Int32Array; balances: Money[] }
}

type ClientFigure = [rowid: number, connection: string, id: string, contract: string | null, projects: number | null]
type Usage = [connection: string, client: string, servers: number, cpu: number, ramGb: number, volumeGb: number]
type Balance = [connection: string, contract: string, minor: number, currency: string]

/** Each table from one end to the other and put together here: a join looks every row up by an id that is like no other. */
export const clientFigures = (cache: Db, connectionId: string | null): ClientFigures => {
  const own = connectionId === null ? sql`1` : sql`connection_id = ${connectionId}`
  const clients = rows<ClientFigure>(cache, sql`SELECT rowid, connection_id, id, contract_id, projects FROM client WHERE ${own}`)
  const at = new Int32Array(clients.reduce((most, [rowid]) => Math.max(most, rowid), 0) + 1).fill(-1)
  clients.forEach(([rowid], place) => (at[rowid] = place))
  const projects = Float64Array.from(clients, (client) => client[4] ?? 0)
  return { at, sums: { projects, ...usageOf(cache, clients, own) }, contracts: balancesOf(cache, clients, own) }
}

const usageOf = (cache: Db, clients: readonly ClientFigure[], own: Query): Omit<ClientFigures['sums'], 'projects'> => {
  const places = new Map(clients.map(([, connection, id], place) => [keyOf(connection, id), place]))
  const empty = (): Float64Array => new Float64Array(clients.length)
  const sums = { servers: empty(), cpu: empty(), ramGb: empty(), volumeGb: empty() }
  const summaries = sql`SELECT connection_id, client_id, servers, cpu, ram_gb, volume_gb FROM client_summary WHERE ${own}`
  for (const [connection, client, servers, cpu, ramGb, volumeGb] of rows<Usage>(cache, summaries)) {
    const place = places.get(keyOf(connection, client))
    if (place === undefined) continue
    sums.servers[place] = servers
    sums.cpu[place] = cpu
    sums.ramGb[place] = ramGb
    sums.volumeGb[place] = volumeGb
  }
  unknownAsNone(cache, clients, sums)
  return sums
}

/** NaN where there is nothing to compute from: a sum with such a part is unknown. */
const unknownAsNone = (cache: Db, clients: readonly ClientFigure[], sums: Omit<ClientFigures['sums'], 'projects'>): void => {
  const known = new Map([...new Set(clients.map(([, connection]) => connection))].map((id) => [id, knownFigures(cache, id)]))
  const fields = { servers: 'servers', cpu: 'cpu', ramGb: 'ram', volumeGb: 'volume' } as const
  for (const [place, [, connection]] of clients.entries())
    for (const field of ['servers', 'cpu', 'ramGb', 'volumeGb'] as const)
      if (known.get(connection)?.[fields[field]] !== true) sums[field][place] = Number.NaN
}

const balancesOf = (cache: Db, clients: readonly ClientFigure[], own: Query): ClientFigures['contracts'] => {
  const known = rows<Balance>(
    cache,
    sql`SELECT connection_id, id, balance_minor, currency FROM contract WHERE ${own} AND balance_minor IS NOT NULL AND currency IS NOT NULL`,
  )
  const places = new Map(known.map(([connection, contract], place) => [keyOf(connection, contract), place]))
  return {
    of: Int32Array.from(clients, ([, connection, , contract]) =>
      contract === null ? -1 : (places.get(keyOf(connection, contract)) ?? -1),
    ),
    balances: known.map(([, , minor, currency]) => ({ minor, currency })),
  }
}

const keyOf = (connection: string, id: string): string => `${connection} ${id}`

const rows = <Row>(cache: Db, { text, params }: Query): Row[] =>
  statement(cache, `/* raw */ ${text}`)
    .raw()
    .all(...params) as Row[]
