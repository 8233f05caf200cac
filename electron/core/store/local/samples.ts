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

/** The last figures of each bucket of `step` ms; the buckets lie where the first sample of the window does. */
export const sampledFigures = (
  local: Db,
  connectionId: string,
  { from, to, step }: { from: number; to: number; step: number },
): Pick<Sample, 'at' | 'cpu' | 'ramGb'>[] =>
  all(
    local,
    sql`SELECT max(at) AS at, cpu, ram_gb AS ramGb
      FROM sample, (SELECT min(at) % CAST(${step} AS INTEGER) AS origin FROM sample WHERE connection_id = ${connectionId} AND at BETWEEN ${from} AND ${to})
      WHERE connection_id = ${connectionId} AND at BETWEEN ${from} AND ${to} GROUP BY (at - origin) / CAST(${step} AS INTEGER) ORDER BY 1`,
  )

export const firstSampleAt = (local: Db, connectionId: string): number | null =>
  value<number | null>(local, sql`SELECT min(at) FROM sample WHERE connection_id = ${connectionId}`) ?? null
