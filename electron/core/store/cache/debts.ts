import { all, sql, statement, type Db } from '../sql'

interface Debt {
  id: string
  currency: string
  minor: number
  clients: number
}
/** Contracts in the order of their ids, both ends included. */
export interface ContractRange {
  connectionId: string
  first: string
  last: string
}

/** Counts which contracts of a range are below zero with a client behind them, and changes the sums by what is different. */
export const recountDebts = (db: Db, range: ContractRange): void => {
  const { connectionId, first, last } = range
  const counted = new Map(
    all<Debt>(
      db,
      sql`SELECT k.id, k.currency, k.balance_minor AS minor, count(*) AS clients FROM contract k
        CROSS JOIN client c ON c.connection_id = k.connection_id AND c.contract_id = k.id
        WHERE k.connection_id = ${connectionId} AND k.id BETWEEN ${first} AND ${last} AND k.balance_minor < 0 AND k.currency IS NOT NULL GROUP BY k.id`,
    ).map((row) => [row.id, row]),
  )
  const kept = all<Debt>(
    db,
    sql`SELECT contract_id AS id, currency, minor, clients FROM contract_debt
      WHERE connection_id = ${connectionId} AND contract_id BETWEEN ${first} AND ${last}`,
  )
  for (const before of kept) {
    const after = counted.get(before.id)
    counted.delete(before.id)
    if (after?.currency === before.currency && after.minor === before.minor && after.clients === before.clients) continue
    add(db, connectionId, before, -1)
    if (after) keep(db, connectionId, after)
    else statement(db, 'DELETE FROM contract_debt WHERE connection_id = ? AND contract_id = ?').run(connectionId, before.id)
  }
  for (const after of counted.values()) keep(db, connectionId, after)
}

const keep = (db: Db, connectionId: string, debt: Debt): void => {
  const { id, currency, minor, clients } = debt
  statement(db, 'INSERT OR REPLACE INTO contract_debt VALUES (?, ?, ?, ?, ?)').run(connectionId, id, currency, minor, clients)
  add(db, connectionId, debt, 1)
}

const add = (db: Db, connectionId: string, { currency, minor, clients }: Debt, sign: 1 | -1): void => {
  statement(
    db,
    `INSERT INTO debt (connection_id, currency, contracts, minor, clients) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET contracts = contracts + excluded.contracts, minor = minor + excluded.minor, clients = clients + excluded.clients`,
  ).run(connectionId, currency, sign, sign * minor, sign * clients)
  statement(db, 'DELETE FROM debt WHERE connection_id = ? AND currency = ? AND contracts = 0').run(connectionId, currency)
}

/** The next contracts after one, of those that are there and those that are still counted. */
export const nextContracts = (db: Db, { connectionId, after, count }: { connectionId: string; after: string; count: number }): string[] =>
  all<{ id: string }>(
    db,
    sql`SELECT id FROM (SELECT id FROM contract WHERE connection_id = ${connectionId} AND id > ${after} ORDER BY id LIMIT ${count})
      UNION SELECT contract_id FROM (SELECT contract_id FROM contract_debt WHERE connection_id = ${connectionId} AND contract_id > ${after}
        ORDER BY contract_id LIMIT ${count}) ORDER BY 1 LIMIT ${count}`,
  ).map(({ id }) => id)
