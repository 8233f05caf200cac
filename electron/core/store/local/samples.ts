import { value } from '../read/query'
import { all, run, sql, type Db } from '../sql'

/** The dashboard's figures as they stood at one complete sync of the lists. */
export interface Sample {
  at: number
  clients: number
  servers: number
  cpu: number
  ramGb: number
  volumeGb: number
  diskGb: Record<string, number>
  ip: number
  networks: number
  routers: number
  negativeClients: number
}
interface Row extends Omit<Sample, 'diskGb'> {
  diskGb: string
}

export const insertSample = (local: Db, connectionId: string, it: Sample): void => {
  run(
    local,
    sql`INSERT OR REPLACE INTO sample (connection_id, at, clients, servers, cpu, ram_gb, volume_gb, disk_gb, ip, networks, routers, negative_clients)
      VALUES (${connectionId}, ${it.at}, ${it.clients}, ${it.servers}, ${it.cpu}, ${it.ramGb}, ${it.volumeGb}, ${JSON.stringify(it.diskGb)},
        ${it.ip}, ${it.networks}, ${it.routers}, ${it.negativeClients})`,
  )
}

export const samplesBetween = (local: Db, connectionId: string, { from, to }: { from: number; to: number }): Sample[] =>
  all<Row>(
    local,
    sql`SELECT at, clients, servers, cpu, ram_gb AS ramGb, volume_gb AS volumeGb, disk_gb AS diskGb, ip, networks, routers,
      negative_clients AS negativeClients
      FROM sample WHERE connection_id = ${connectionId} AND at BETWEEN ${from} AND ${to} ORDER BY at`,
  ).map((row) => ({ ...row, diskGb: JSON.parse(row.diskGb) as Record<string, number> }))

export const firstSampleAt = (local: Db, connectionId: string): number | null =>
  value<number | null>(local, sql`SELECT min(at) FROM sample WHERE connection_id = ${connectionId}`) ?? null
