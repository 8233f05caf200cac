import type { BulkClient } from '@shared/domain/bulk-rules'
import type { HypervisorRef } from '@shared/domain/entities'
import { placeKey, type LimitCells } from '@shared/domain/limit-cells'
import { limitTypes } from '@shared/domain/limits'
import { nameOf } from '@shared/domain/text'
import { all, sql, type Db } from '../sql'
import { isLimitType } from './client-query'
import { knownFigures } from './known-figures'
import { useOf } from './limits'
import { column, listOf, value } from './query'
import type { UsageRow } from './usage'

export interface BulkClientRow {
  id: string
  name: string
  partnerId: string | null
  /** When its limits were read; null = never, or not all of them could be. */
  readAt: number | null
  client: BulkClient
}
interface Base {
  id: string
  name: string
  partnerId: string | null
  hypervisors: string
  readAt: number | null
}
interface LimitRow {
  clientId: string
  hypervisorId: string
  hypervisorName: string
  type: string | null
  value: number
}

/** Row numbers of the named clients, by their names. What is not among them is no longer there. */
export const bulkRowids = (cache: Db, connectionId: string, ids: readonly string[]): number[] =>
  column<number>(
    cache,
    sql`SELECT rowid FROM client WHERE connection_id = ${connectionId} AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))
      ORDER BY name_folded, id`,
  )

/** Limits of these clients, their use and what is open to them: four readings, however many clients. In the order of the numbers. */
export const bulkClients = (cache: Db, connectionId: string, rowids: readonly number[]): BulkClientRow[] => {
  const bases = basesOf(cache, connectionId, rowids)
  const ids = listOf(bases.map(({ id }) => id))
  const limits = Map.groupBy(
    all<LimitRow>(
      cache,
      sql`SELECT owner_id AS clientId, hypervisor_id AS hypervisorId, hypervisor_name AS hypervisorName, type, value FROM client_limit
        WHERE connection_id = ${connectionId} AND owner = 'client' AND owner_id IN ${ids} ORDER BY owner_id, id`,
    ),
    ({ clientId }) => clientId,
  )
  const usage = Map.groupBy(
    all<UsageRow & { clientId: string }>(
      cache,
      sql`SELECT client_id AS clientId, hypervisor_id AS hypervisorId, hypervisor_name AS hypervisorName, hypervisor_type AS hypervisorType,
        servers, cpu, ram_gb AS ramGb, disks, volume_gb AS volumeGb, ip, networks, routers FROM client_usage
        WHERE connection_id = ${connectionId} AND client_id IN ${ids}`,
    ),
    ({ clientId }) => clientId,
  )
  const known = knownFigures(cache, connectionId)
  return bases.map(({ hypervisors, ...base }) => {
    const own = limits.get(base.id) ?? []
    const client = { hypervisors: hypervisorsOf(hypervisors, own), limits: limitCells(own) }
    const used = usage.get(base.id) ?? []
    const use: LimitCells = {}
    for (const { id } of client.hypervisors)
      for (const type of limitTypes)
        if (known[type])
          use[placeKey({ hypervisorId: id, type })] = useOf(
            used.find((row) => row.hypervisorId === id),
            type,
          )
    return { ...base, name: nameOf(base.name, base.id), client: { ...client, use } }
  })
}

/** Where limits are read owner by owner, only the owner's own reading counts; where they are one list, that of the list. */
const basesOf = (cache: Db, connectionId: string, rowids: readonly number[]): Base[] => {
  const byOwner = value<number>(
    cache,
    sql`SELECT 1 FROM owner_state WHERE connection_id = ${connectionId} AND dataset = 'limits' AND as_of IS NOT NULL LIMIT 1`,
  )
  const list = sql`SELECT as_of FROM dataset_state WHERE connection_id = ${connectionId} AND dataset = 'limits'`
  const whole = byOwner === undefined ? (value<number>(cache, list) ?? null) : null
  const rows = all<Base & { rowid: number }>(
    cache,
    sql`SELECT c.rowid, c.id, c.name, c.partner_id AS partnerId, c.hypervisors,
        CASE WHEN ifnull(o.unread, 0) > 0 THEN NULL ELSE ifnull(o.as_of, ${whole}) END AS readAt
      FROM client c LEFT JOIN owner_state o ON o.connection_id = c.connection_id AND o.dataset = 'limits' AND o.owner_id = c.id
      WHERE c.connection_id = ${connectionId} AND c.rowid IN ${listOf(rowids)}`,
  )
  const byNumber = new Map(rows.map((row) => [row.rowid, row]))
  return rowids.flatMap((rowid) => byNumber.get(rowid) ?? [])
}

const limitCells = (rows: readonly LimitRow[]): LimitCells => {
  const cells: LimitCells = {}
  for (const { hypervisorId, type, value: limit } of rows) {
    if (!isLimitType(type)) continue
    cells[placeKey({ hypervisorId, type })] ??= limit
  }
  return cells
}

/** Those that are open to the client, then those where it has a limit all the same. */
const hypervisorsOf = (open: string, limits: readonly LimitRow[]): BulkClient['hypervisors'] => {
  const found = new Map((JSON.parse(open) as HypervisorRef[]).map(({ id, name }) => [id, { id, name, open: true }]))
  for (const { hypervisorId: id, hypervisorName: name } of limits) if (!found.has(id)) found.set(id, { id, name, open: false })
  return [...found.values()]
}
