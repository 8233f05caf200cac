import { all, inTransaction, run, sql, type Db } from '../sql'
import type { ClientRange, Usage } from './usage'

interface Debt {
  clientId: string
  contract: string
  currency: string
  minor: number
}

/** Sums of a whole connection, gathered a range of clients at a time and written once all were seen. */
export interface Totals {
  add(range: ClientRange, usage: readonly Usage[]): void
  write(): void
}

export const createTotals = (db: Db, connectionId: string): Totals => {
  const hypervisors = new Map<string, Usage>()
  const debts = new Map<string, { minor: number; clients: number }>()
  const contracts = new Set<string>()

  const addDebt = ({ contract, currency, minor }: Debt): void => {
    const sum = debts.get(currency) ?? { minor: 0, clients: 0 }
    sum.clients++
    // A contract that two clients share is one balance.
    if (!contracts.has(contract)) sum.minor += minor
    contracts.add(contract)
    debts.set(currency, sum)
  }
  return {
    add: (range, usage) => {
      for (const row of usage) hypervisors.set(row.hypervisorId, sumOf(hypervisors.get(row.hypervisorId), row))
      for (const debt of debtsOf(db, range)) addDebt(debt)
    },
    write: () => {
      inTransaction(db, () => {
        run(db, sql`DELETE FROM hypervisor_usage WHERE connection_id = ${connectionId}`)
        for (const row of hypervisors.values()) insertUsage(db, connectionId, row)
        run(db, sql`DELETE FROM debt WHERE connection_id = ${connectionId}`)
        for (const [currency, { minor, clients }] of debts)
          run(
            db,
            sql`INSERT INTO debt (connection_id, currency, minor, clients) VALUES (${connectionId}, ${currency}, ${minor}, ${clients})`,
          )
      })
    },
  }
}

const sumOf = (a: Usage | undefined, b: Usage): Usage =>
  a === undefined
    ? { ...b }
    : {
        ...a,
        hypervisorName: a.hypervisorName > b.hypervisorName ? a.hypervisorName : b.hypervisorName,
        hypervisorType: a.hypervisorType ?? b.hypervisorType,
        servers: a.servers + b.servers,
        cpu: a.cpu + b.cpu,
        ramGb: a.ramGb + b.ramGb,
        disks: a.disks + b.disks,
        volumeGb: a.volumeGb + b.volumeGb,
        ip: a.ip + b.ip,
        networks: a.networks + b.networks,
        routers: a.routers + b.routers,
      }

const debtsOf = (db: Db, { connectionId, first, last }: ClientRange): Debt[] =>
  all(
    db,
    sql`SELECT c.id AS clientId, k.id AS contract, k.currency, k.balance_minor AS minor FROM client c
      CROSS JOIN contract k ON k.connection_id = c.connection_id AND k.id = c.contract_id
      WHERE c.connection_id = ${connectionId} AND c.id BETWEEN ${first} AND ${last} AND k.balance_minor < 0 AND k.currency IS NOT NULL`,
  )

const insertUsage = (db: Db, connectionId: string, row: Usage): void => {
  run(
    db,
    sql`INSERT INTO hypervisor_usage (connection_id, hypervisor_id, hypervisor_name, hypervisor_type, servers, cpu, ram_gb, disks, volume_gb, ip, networks, routers)
      VALUES (${connectionId}, ${row.hypervisorId}, ${row.hypervisorName}, ${row.hypervisorType}, ${row.servers}, ${row.cpu}, ${row.ramGb},
        ${row.disks}, ${row.volumeGb}, ${row.ip}, ${row.networks}, ${row.routers})`,
  )
}
