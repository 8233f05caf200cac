import { usageShare, usageState, type LimitType, type UsageState } from '@shared/domain/limits'
import { all, run, sql, statement, type Db } from '../sql'
import { rounded } from './figures'

/** Clients in the order of their ids, both ends included. */
export interface ClientRange {
  connectionId: string
  first: string
  last: string
}

interface UsageRow {
  client_id: string
  hypervisor_id: string
  servers: number
  cpu: number
  ram_gb: number
  disks: number
  volume_gb: number
  ip: number
  networks: number
  routers: number
}
interface LimitRow {
  owner_id: string
  hypervisor_id: string
  hypervisor_name: string
  type: LimitType | null
  value: number
}
interface Tightest {
  hypervisorId: string
  hypervisorName: string
  type: LimitType
  use: number
  limit: number
  share: number
  state: UsageState
}

const usedOf: Record<LimitType, (usage: UsageRow) => number> = {
  servers: (usage) => usage.servers,
  disks: (usage) => usage.disks,
  volume: (usage) => usage.volume_gb,
  ip: (usage) => usage.ip,
  networks: (usage) => usage.networks,
  routers: (usage) => usage.routers,
  ram: (usage) => usage.ram_gb,
  cpu: (usage) => usage.cpu,
}

/** The limit that presses hardest over every hypervisor and type; null when none can be counted. */
export const tightestLimit = (limits: readonly LimitRow[], usage: readonly UsageRow[]): Tightest | null => {
  let tightest: Tightest | null = null
  for (const limit of limits) {
    if (limit.type === null) continue
    const used = usage.find((row) => row.hypervisor_id === limit.hypervisor_id)
    const use = used ? usedOf[limit.type](used) : 0
    const share = usageShare(use, limit.value)
    if (tightest && tightest.share >= share) continue
    const { hypervisor_id: hypervisorId, hypervisor_name: hypervisorName, type, value } = limit
    tightest = { hypervisorId, hypervisorName, type, use, limit: value, share, state: usageState(use, value) }
  }
  return tightest
}

/** Brings the summaries of a range of clients in step with what is stored. Runs in the caller's transaction. */
export const refreshSummaryRange = (db: Db, range: ClientRange): void => {
  const { connectionId, first, last } = range
  const clients = all<{ id: string }>(
    db,
    sql`SELECT id FROM client WHERE connection_id = ${connectionId} AND id BETWEEN ${first} AND ${last}`,
  )
  const usage = grouped(
    all<UsageRow>(db, sql`SELECT * FROM client_usage WHERE connection_id = ${connectionId} AND client_id BETWEEN ${first} AND ${last}`),
    (row) => row.client_id,
  )
  const limits = grouped(
    all<LimitRow>(
      db,
      sql`SELECT owner_id, hypervisor_id, hypervisor_name, type, value FROM client_limit
        WHERE connection_id = ${connectionId} AND owner = 'client' AND owner_id BETWEEN ${first} AND ${last} ORDER BY owner_id, hypervisor_id, id`,
    ),
    (row) => row.owner_id,
  )
  const read = new Map(
    all<{ owner_id: string; as_of: number | null; unread: number }>(
      db,
      sql`SELECT owner_id, as_of, unread FROM owner_state WHERE connection_id = ${connectionId} AND dataset = 'limits' AND owner_id BETWEEN ${first} AND ${last}`,
    ).map((row) => [row.owner_id, row]),
  )
  const notes = new Map(
    all<{ client_id: string; n: number }>(
      db,
      sql`SELECT client_id, count(*) n FROM note WHERE connection_id = ${connectionId} AND client_id BETWEEN ${first} AND ${last} GROUP BY client_id`,
    ).map((row) => [row.client_id, row.n]),
  )
  const managed = managedClients(db, range)
  for (const { id } of clients) {
    const known = limits.get(id) ?? []
    // None that could be read is not none.
    const limitsAt = known.length === 0 && (read.get(id)?.unread ?? 0) > 0 ? null : (read.get(id)?.as_of ?? null)
    const of = { usage: usage.get(id) ?? [], limits: known, notes: notes.get(id) ?? 0, limitsAt }
    writeSummary(db, connectionId, { id, ...of, unmanaged: Number(!managed.has(id)) })
  }
  dropSummaries(db, range)
}

/** Clients with at least one administrator who can sign in, as far as the accounts say. */
const managedClients = (db: Db, { connectionId, first, last }: ClientRange): ReadonlySet<string> =>
  new Set(
    all<{ id: string }>(
      db,
      sql`SELECT DISTINCT x.entity_id id FROM account_access x CROSS JOIN account a ON a.connection_id = x.connection_id AND a.id = x.account_id
        WHERE x.connection_id = ${connectionId} AND x.entity = 'client' AND x.entity_id BETWEEN ${first} AND ${last} AND x.role = ${ADMIN}
          AND coalesce(a.active, 1) = 1 AND coalesce(a.blocked, 0) = 0`,
    ).map(({ id }) => id),
  )
const ADMIN = 'admin'

/** Of clients that are not there any more. */
const dropSummaries = (db: Db, { connectionId, first, last }: ClientRange): void => {
  run(
    db,
    sql`DELETE FROM client_summary WHERE connection_id = ${connectionId} AND client_id BETWEEN ${first} AND ${last} AND NOT EXISTS (
      SELECT 1 FROM client c WHERE c.connection_id = client_summary.connection_id AND c.id = client_summary.client_id)`,
  )
}

const grouped = <T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> => Map.groupBy(rows, key)

interface Summary {
  id: string
  usage: UsageRow[]
  limits: LimitRow[]
  notes: number
  limitsAt: number | null
  unmanaged: number
}
const columns =
  'servers, cpu, ram_gb, disks, volume_gb, unmanaged, notes, limits, limits_at, tight_hypervisor_id, tight_hypervisor_name, tight_type, tight_use, tight_limit, tight_share, tight_state'
const excluded = columns
  .split(', ')
  .map((name) => `excluded.${name}`)
  .join(', ')

const writeSummary = (db: Db, connectionId: string, summary: Summary): void => {
  const total = (of: (row: UsageRow) => number): number => rounded(summary.usage.reduce((sum, row) => sum + of(row), 0))
  const tight = tightestLimit(summary.limits, summary.usage)
  const text = `INSERT INTO client_summary (connection_id, client_id, ${columns}) VALUES (?, ?${', ?'.repeat(16)})
    ON CONFLICT DO UPDATE SET (${columns}) = (${excluded}) WHERE (${columns}) IS NOT (${excluded})`
  statement(db, text).run(
    connectionId,
    summary.id,
    total((row) => row.servers),
    total((row) => row.cpu),
    total((row) => row.ram_gb),
    total((row) => row.disks),
    total((row) => row.volume_gb),
    summary.unmanaged,
    summary.notes,
    summary.limits.length,
    summary.limitsAt,
    tight?.hypervisorId ?? null,
    tight?.hypervisorName ?? null,
    tight?.type ?? null,
    tight?.use ?? null,
    tight?.limit ?? null,
    tight?.share ?? null,
    tight?.state ?? null,
  )
}

/** After something that single clients' summaries stand on changed. */
export const refreshSummaries = (db: Db, connectionId: string, clientIds: Iterable<string>): void => {
  for (const id of clientIds) refreshSummaryRange(db, { connectionId, first: id, last: id })
}
