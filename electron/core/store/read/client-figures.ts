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
  const clients = [...rows<ClientFigure>(cache, sql`SELECT rowid, connection_id, id, contract_id, projects FROM client WHERE ${own}`)]
  const at = new Int32Array(clients.reduce((most, [rowid]) => Math.max(most, rowid), 0) + 1).fill(-1)
  clients.forEach(([rowid], place) => (at[rowid] = place))
  const projects = Float64Array.from(clients, (client) => client[4] ?? 0)
  return { at, sums: { projects, ...usageOf(cache, clients, own) }, contracts: balancesOf(cache, clients, own) }
}

const usageOf = (cache: Db, clients: readonly ClientFigure[], own: Query): Omit<ClientFigures['sums'], 'projects'> => {
  const places = new Places()
  for (const [place, [, connection, id]] of clients.entries()) places.set(connection, id, place)
  const empty = (): Float64Array => new Float64Array(clients.length)
  const sums = { servers: empty(), cpu: empty(), ramGb: empty(), volumeGb: empty() }
  const summaries = sql`SELECT connection_id, client_id, servers, cpu, ram_gb, volume_gb FROM client_summary WHERE ${own}`
  for (const [connection, client, servers, cpu, ramGb, volumeGb] of rows<Usage>(cache, summaries)) {
    const place = places.get(connection, client)
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
  const places = new Places()
  const balances: Money[] = []
  const known = sql`SELECT connection_id, id, balance_minor, currency FROM contract WHERE ${own} AND balance_minor IS NOT NULL AND currency IS NOT NULL`
  for (const [connection, contract, minor, currency] of rows<Balance>(cache, known)) {
    places.set(connection, contract, balances.length)
    balances.push({ minor, currency })
  }
  return {
    of: Int32Array.from(clients, ([, connection, , contract]) => (contract === null ? -1 : (places.get(connection, contract) ?? -1))),
    balances,
  }
}

/** Places by connection and id, without a joined string for each of a hundred thousand rows. */
class Places {
  private readonly of = new Map<string, Map<string, number>>()

  get(connection: string, id: string): number | undefined {
    return this.of.get(connection)?.get(id)
  }
  set(connection: string, id: string, place: number): void {
    const known = this.of.get(connection)
    if (known) known.set(id, place)
    else this.of.set(connection, new Map([[id, place]]))
  }
}

/** Row by row: a hundred thousand at once would be garbage that the core carries for the rest of the day. */
const rows = <Row>(cache: Db, { text, params }: Query): IterableIterator<Row> =>
  statement(cache, `/* raw */ ${text}`)
    .raw()
    .iterate(...params) as IterableIterator<Row>
