import { all, sql, trusted, type Db, type Query } from '../sql'
import { rounded, type VdcDisk, type VdcRange, type VdcUsage } from './figures'

/** The next ids after one that any row names, or that is kept of; in their order. */
export const nextVdcs = (db: Db, { connectionId, after, count }: { connectionId: string; after: string; count: number }): string[] => {
  const ids = new Set<string>()
  for (const [table, column, condition] of naming)
    for (const { id } of all<{ id: string }>(
      db,
      sql`SELECT DISTINCT ${trusted(column)} id FROM ${trusted(table)} WHERE connection_id = ${connectionId} AND ${trusted(column)} > ${after}
        ${trusted(condition)} ORDER BY 1 LIMIT ${count}`,
    ))
      ids.add(id)
  return [...ids].sort(byBytes).slice(0, count)
}
const naming: readonly (readonly [table: string, column: string, condition: string])[] = [
  ['vdc', 'id', ''],
  ['vdc_usage', 'vdc_id', ''],
  ['server', 'vdc_id', ''],
  ['disk', 'vdc_id', ''],
  ['network', 'vdc_id', ''],
  ['router', 'vdc_id', ''],
  ['port', 'vdc_id', 'AND external = 1'],
]
/** As SQLite orders text. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

const inRange = ({ connectionId, first, last }: VdcRange): Query =>
  last === ''
    ? sql`connection_id = ${connectionId} AND vdc_id IS NULL`
    : sql`connection_id = ${connectionId} AND vdc_id BETWEEN ${first} AND ${last}`

/** Counts the VDCs of a range from the rows: those that are there and those that rows name. */
export const countVdcs = (db: Db, range: VdcRange, disks: readonly VdcDisk[]): Map<string, VdcUsage> => {
  const found = new Map<string, VdcUsage>()
  const of = (vdcId: string): VdcUsage => {
    const row = found.get(vdcId) ?? { ...nothing, vdcId }
    found.set(vdcId, row)
    return row
  }
  for (const row of chains(db, range)) found.set(row.vdcId, { ...nothing, ...row })
  const servers = sql`SELECT coalesce(vdc_id, '') id, count(*) n, total(cpu) cpu, total(ram_gb) ram FROM server WHERE ${inRange(range)} GROUP BY vdc_id`
  for (const { id, n, cpu, ram } of all<{ id: string; n: number; cpu: number; ram: number }>(db, servers))
    Object.assign(of(id), { servers: n, cpu: rounded(cpu), ramGb: rounded(ram) })
  for (const { vdcId, disks: count, volumeGb } of disks) {
    const row = of(vdcId)
    row.disks += count
    row.volumeGb = rounded(row.volumeGb + volumeGb)
  }
  for (const [table, figure, condition] of pieces) {
    const query = sql`SELECT coalesce(vdc_id, '') id, count(*) n FROM ${trusted(table)} WHERE ${inRange(range)} ${trusted(condition)} GROUP BY vdc_id`
    for (const { id, n } of all<{ id: string; n: number }>(db, query)) of(id)[figure] = n
  }
  return found
}
const pieces: readonly (readonly [table: string, figure: 'ip' | 'networks' | 'routers', condition: string])[] = [
  ['port', 'ip', 'AND external = 1'],
  ['network', 'networks', ''],
  ['router', 'routers', ''],
]
const nothing: Omit<VdcUsage, 'vdcId'> = {
  ...{ hypervisorId: '', hypervisorName: '', hypervisorType: null, clientId: '', toldClientId: null },
  ...{ servers: 0, cpu: 0, ramGb: 0, disks: 0, volumeGb: 0, ip: 0, networks: 0, routers: 0 },
}

const chains = (db: Db, { connectionId, first, last }: VdcRange) =>
  all<Pick<VdcUsage, 'vdcId' | 'hypervisorId' | 'hypervisorName' | 'hypervisorType' | 'clientId' | 'toldClientId'>>(
    db,
    sql`SELECT v.id vdcId, coalesce(v.hypervisor_id, '') hypervisorId, coalesce(v.hypervisor_name, '') hypervisorName,
        v.hypervisor_type hypervisorType, coalesce(c.id, '') clientId, p.client_id toldClientId
      FROM vdc v LEFT JOIN project p ON p.connection_id = v.connection_id AND p.id = v.project_id
        LEFT JOIN client c ON c.connection_id = p.connection_id AND c.id = p.client_id
      WHERE v.connection_id = ${connectionId} AND v.id BETWEEN ${first} AND ${last}`,
  )

/** Their volume by storage profile and billing class. */
export const countDisks = (db: Db, range: VdcRange): VdcDisk[] =>
  all<VdcDisk>(
    db,
    sql`SELECT coalesce(vdc_id, '') vdcId, coalesce(storage_profile_id, '') profileId, coalesce(billing_class_id, storage_profile_id, '') classId,
        coalesce(storage_profile_name, '') name, count(*) disks, total(size_gb) volumeGb
      FROM disk WHERE ${inRange(range)} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
  ).map((row) => ({ ...row, volumeGb: rounded(row.volumeGb) }))
