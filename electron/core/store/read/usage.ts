import { rounded } from '../cache/figures'
import { all, sql, type Db } from '../sql'

/** What is in use at one hypervisor: of one client, or of everyone. */
export interface UsageRow {
  hypervisorId: string
  hypervisorName: string
  hypervisorType: string | null
  servers: number
  cpu: number
  ramGb: number
  disks: number
  volumeGb: number
  ip: number
  networks: number
  routers: number
}

export const clientUsage = (cache: Db, connectionId: string, clientId: string): UsageRow[] =>
  all(
    cache,
    sql`SELECT hypervisor_id AS hypervisorId, hypervisor_name AS hypervisorName, hypervisor_type AS hypervisorType, servers, cpu, ram_gb AS ramGb,
      disks, volume_gb AS volumeGb, ip, networks, routers FROM client_usage WHERE connection_id = ${connectionId} AND client_id = ${clientId}
      ORDER BY hypervisor_name, hypervisor_id`,
  )

/** Everything in use, one row a hypervisor: of known clients and of none ('' = rows of no known hypervisor). */
export const totalUsage = (cache: Db, connectionId: string): UsageRow[] =>
  all(
    cache,
    sql`SELECT hypervisor_id AS hypervisorId, hypervisor_name AS hypervisorName, hypervisor_type AS hypervisorType, servers, cpu, ram_gb AS ramGb,
      disks, volume_gb AS volumeGb, ip, networks, routers FROM hypervisor_usage WHERE connection_id = ${connectionId}
      ORDER BY hypervisor_name, hypervisor_id`,
  )

export interface DiskUsageRow {
  hypervisorId: string
  billingClassId: string
  name: string
  volumeGb: number
}
export const diskUsage = (cache: Db, connectionId: string): DiskUsageRow[] =>
  all<DiskUsageRow>(
    cache,
    sql`SELECT d.hypervisor_id AS hypervisorId, d.billing_class_id AS billingClassId, coalesce(max(s.billing_class_name), max(d.name)) AS name,
        sum(d.volume_gb) AS volumeGb
      FROM disk_usage d LEFT JOIN storage_profile s ON s.connection_id = d.connection_id AND s.id = d.storage_profile_id
      WHERE d.connection_id = ${connectionId} GROUP BY 1, 2 ORDER BY 4 DESC, 1, 2`,
  ).map((row) => ({ ...row, volumeGb: rounded(row.volumeGb) }))
