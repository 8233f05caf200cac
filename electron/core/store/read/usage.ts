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

/** Use of one partner's clients; null = of clients whose partner is not known, and of no known client. */
export interface PartnerUsageRow extends UsageRow {
  partnerId: string | null
}
/** Reads every client's row: for connections with several partners, and remembered by the caller. */
export const usageByPartner = (cache: Db, connectionId: string): PartnerUsageRow[] =>
  all(
    cache,
    sql`SELECT c.partner_id AS partnerId, u.hypervisor_id AS hypervisorId, max(u.hypervisor_name) AS hypervisorName,
      max(u.hypervisor_type) AS hypervisorType, sum(u.servers) AS servers, sum(u.cpu) AS cpu, sum(u.ram_gb) AS ramGb, sum(u.disks) AS disks,
      sum(u.volume_gb) AS volumeGb, sum(u.ip) AS ip, sum(u.networks) AS networks, sum(u.routers) AS routers
      FROM client_usage u LEFT JOIN client c ON c.connection_id = u.connection_id AND c.id = u.client_id
      WHERE u.connection_id = ${connectionId} GROUP BY 1, 2`,
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
