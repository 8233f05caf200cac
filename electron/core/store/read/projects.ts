import type { ProjectRow } from '@shared/ipc/clients'
import { all, sql, type Db } from '../sql'

interface ClientKey {
  connectionId: string
  clientId: string
}
type VdcRow = ProjectRow['vdcs'][number]
type ServerRow = VdcRow['servers'][number]
interface DiskRow {
  id: string
  name: string
  sizeGb: number | null
  profile: string | null
  vdcId: string | null
  serverId: string | null
}

const flag = (value: number | null): boolean | null => (value === null ? null : value === 1)

/** The tree of one client: projects, their VDCs, servers with disks, and how many networks, routers and addresses each has. */
export const clientProjects = (cache: Db, key: ClientKey): ProjectRow[] => {
  const vdcs = vdcsOf(cache, key)
  const servers = Map.groupBy(serversOf(cache, key), (it) => it.vdcId)
  const disks = disksOf(cache, key)
  const byServer = Map.groupBy(disks, (it) => it.serverId)
  const loose = Map.groupBy(
    disks.filter((it) => it.serverId === null),
    (it) => it.vdcId,
  )
  const counts = networkCounts(cache, key)
  const vdcRows = Map.groupBy(vdcs, (it) => it.projectId)
  const toVdc = ({ id, name, hypervisor }: (typeof vdcs)[number]): VdcRow => ({
    id,
    name,
    hypervisor,
    servers: (servers.get(id) ?? []).map((it) => toServer(it, byServer.get(it.id) ?? [])),
    looseDisks: (loose.get(id) ?? []).map(toDisk),
    networks: counts.networks.get(id) ?? 0,
    routers: counts.routers.get(id) ?? 0,
    ips: counts.ips.get(id) ?? 0,
  })
  return projectsOf(cache, key).map(({ id, name, locked }) => ({
    id,
    name,
    locked: flag(locked),
    vdcs: (vdcRows.get(id) ?? []).map(toVdc),
  }))
}

const projectsOf = (cache: Db, { connectionId, clientId }: ClientKey) =>
  all<{ id: string; name: string; locked: number | null }>(
    cache,
    sql`SELECT id, name, locked FROM project WHERE connection_id = ${connectionId} AND client_id = ${clientId} ORDER BY name, id`,
  )

/** The VDCs of one client, for the tables that hang on them. */
const ownVdcs = ({ connectionId, clientId }: ClientKey) => sql`(SELECT v.id, v.name, v.project_id, v.hypervisor_name FROM project p
  JOIN vdc v ON v.connection_id = p.connection_id AND v.project_id = p.id
  WHERE p.connection_id = ${connectionId} AND p.client_id = ${clientId})`

const vdcsOf = (cache: Db, key: ClientKey) =>
  all<{ id: string; name: string; projectId: string; hypervisor: string | null }>(
    cache,
    sql`SELECT id, name, project_id AS projectId, hypervisor_name AS hypervisor FROM ${ownVdcs(key)} ORDER BY name, id`,
  )

interface ServerSqlRow {
  id: string
  vdcId: string
  name: string
  hostname: string | null
  cpu: number | null
  ramGb: number | null
  power: number | null
  locked: number | null
}
const serversOf = (cache: Db, key: ClientKey) =>
  all<ServerSqlRow>(
    cache,
    sql`SELECT s.id, s.vdc_id AS vdcId, s.name, s.hostname, s.cpu, s.ram_gb AS ramGb, s.power, s.locked
      FROM ${ownVdcs(key)} v JOIN server s ON s.connection_id = ${key.connectionId} AND s.vdc_id = v.id ORDER BY s.name_folded, s.id`,
  )

const disksOf = (cache: Db, key: ClientKey) =>
  all<DiskRow>(
    cache,
    sql`SELECT d.id, d.name, d.size_gb AS sizeGb, d.storage_profile_name AS profile, d.vdc_id AS vdcId, d.server_id AS serverId
      FROM ${ownVdcs(key)} v JOIN disk d ON d.connection_id = ${key.connectionId} AND d.vdc_id = v.id ORDER BY d.is_root DESC, d.name, d.id`,
  )

const networkCounts = (cache: Db, key: ClientKey) => {
  const counted = (rows: { id: string; count: number }[]): Map<string, number> => new Map(rows.map(({ id, count }) => [id, count]))
  const { connectionId } = key
  return {
    networks: counted(
      all(
        cache,
        sql`SELECT v.id, count(*) AS count FROM ${ownVdcs(key)} v JOIN network n ON n.connection_id = ${connectionId} AND n.vdc_id = v.id GROUP BY v.id`,
      ),
    ),
    routers: counted(
      all(
        cache,
        sql`SELECT v.id, count(*) AS count FROM ${ownVdcs(key)} v JOIN router n ON n.connection_id = ${connectionId} AND n.vdc_id = v.id GROUP BY v.id`,
      ),
    ),
    ips: counted(
      all(
        cache,
        sql`SELECT v.id, count(*) AS count FROM ${ownVdcs(key)} v
          JOIN port n ON n.connection_id = ${connectionId} AND n.vdc_id = v.id AND n.external = 1 GROUP BY v.id`,
      ),
    ),
  }
}

const toServer = (server: ServerSqlRow, disks: DiskRow[]): ServerRow => ({
  id: server.id,
  name: server.name,
  hostname: server.hostname,
  cpu: server.cpu,
  ramGb: server.ramGb,
  power: flag(server.power),
  locked: flag(server.locked),
  diskGb: disks.reduce((sum, disk) => sum + (disk.sizeGb ?? 0), 0),
  disks: disks.map(toDisk),
})
const toDisk = ({ id, name, sizeGb, profile }: DiskRow) => ({ id, name, sizeGb, profile })
