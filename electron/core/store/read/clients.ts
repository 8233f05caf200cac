import type { Money } from '@shared/domain/money'
import { nameOf } from '@shared/domain/text'
import type { ClientRow } from '@shared/ipc/rows'
import { all, get, sql, type Db } from '../sql'
import { clientTables, isLimitType } from './client-query'
import { knownFigures, type KnownFigures } from './known-figures'
import { listOf } from './query'

export interface ClientSqlRow {
  rowid: number
  connection_id: string
  id: string
  name: string
  created_at: number | null
  partner_id: string | null
  partner_name: string | null
  contract_id: string | null
  contract_name: string | null
  balance_minor: number | null
  currency: string | null
  plan_id: string | null
  plan_name: string | null
  payment_model: string | null
  projects: number | null
  servers: number | null
  cpu: number | null
  ram_gb: number | null
  volume_gb: number | null
  disks: number | null
  unmanaged: number | null
  notes: number | null
  limits: number | null
  limits_at: number | null
  tight_hypervisor_id: string | null
  tight_hypervisor_name: string | null
  tight_type: string | null
  tight_use: number | null
  tight_limit: number | null
  tight_state: 'ok' | 'near' | 'reached' | 'over' | null
}

const columns = sql`c.rowid, c.connection_id, c.id, c.name, c.created_at, c.partner_id, c.partner_name, c.contract_id, k.name AS contract_name,
  k.balance_minor, k.currency, k.plan_id, k.plan_name, c.payment_model, c.projects, s.servers, s.cpu, s.ram_gb, s.volume_gb, s.disks,
  s.unmanaged, s.notes, s.limits, s.limits_at, s.tight_hypervisor_id, s.tight_hypervisor_name, s.tight_type, s.tight_use, s.tight_limit, s.tight_state`

export const clientsByRow = (cache: Db, rowids: readonly number[]): ClientRow[] => {
  const rows = all<ClientSqlRow>(cache, sql`SELECT ${columns} FROM ${clientTables} WHERE c.rowid IN ${listOf(rowids)}`)
  const byRow = new Map(rows.map((row) => [row.rowid, row]))
  const known = new Map([...new Set(rows.map((row) => row.connection_id))].map((id) => [id, knownFigures(cache, id)]))
  return rowids.flatMap((rowid) => {
    const row = byRow.get(rowid)
    const figures = row && known.get(row.connection_id)
    return figures ? [toClientRow(row, figures)] : []
  })
}

export const findClient = (cache: Db, connectionId: string, id: string): ClientSqlRow | undefined =>
  get(cache, sql`SELECT ${columns} FROM ${clientTables} WHERE c.connection_id = ${connectionId} AND c.id = ${id}`)

export const moneyOf = (minor: number | null, currency: string | null): Money | null =>
  minor === null || currency === null ? null : { minor, currency }

/** `known`: which figures there is anything to compute from in the client's connection. */
export const toClientRow = (row: ClientSqlRow, known: KnownFigures): ClientRow => ({
  connectionId: row.connection_id,
  id: row.id,
  name: nameOf(row.name, row.id),
  createdAt: row.created_at,
  partnerId: row.partner_id,
  partnerName: row.partner_id === null ? row.partner_name : nameOf(row.partner_name, row.partner_id),
  contractId: row.contract_id,
  contractName: row.contract_id === null ? null : nameOf(row.contract_name, row.contract_id),
  balance: moneyOf(row.balance_minor, row.currency),
  planId: row.plan_id,
  planName: row.plan_id === null ? row.plan_name : nameOf(row.plan_name, row.plan_id),
  paymentModel: row.payment_model,
  projects: row.projects,
  servers: known.servers ? row.servers : null,
  cpu: known.cpu ? row.cpu : null,
  ramGb: known.ram ? row.ram_gb : null,
  volumeGb: known.volume ? row.volume_gb : null,
  unmanaged: unmanagedOf(row, known),
  tightest: tightestOf(row, known),
  limitsAt: row.limits_at,
  notes: row.notes ?? 0,
})

/** A known administrator is one, whatever else is unknown; that there is none takes all accounts. */
const unmanagedOf = ({ unmanaged }: ClientSqlRow, known: KnownFigures): boolean | null => {
  if (unmanaged === 0) return false
  return unmanaged === 1 && known.unmanaged ? true : null
}

const tightestOf = (row: ClientSqlRow, known: KnownFigures): ClientRow['tightest'] => {
  if (row.tight_hypervisor_id === null || row.tight_limit === null || row.tight_type === null) return null
  const type = isLimitType(row.tight_type) ? row.tight_type : null
  const counted = type !== null && known[type]
  return {
    hypervisorId: row.tight_hypervisor_id,
    hypervisorName: row.tight_hypervisor_name ?? '',
    type,
    typeCode: row.tight_type,
    limit: row.tight_limit,
    use: counted ? row.tight_use : null,
    state: counted ? row.tight_state : null,
  }
}
