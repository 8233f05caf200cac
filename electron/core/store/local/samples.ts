import { value } from '../read/query'
import { all, run, sql, type Db } from '../sql'

/** What stood at one hypervisor. */
export interface HypervisorSample {
  servers: number | null
  cpu: number | null
  ramGb: number | null
  volumeGb: number | null
  /** By billing class. */
  diskGb: Record<string, number> | null
}

/** The dashboard's figures as they stood at one sync. null = it was not known then, which is not zero. */
export interface Sample extends HypervisorSample {
  at: number
  clients: number | null
  ip: number | null
  networks: number | null
  routers: number | null
  negativeClients: number | null
  /** By hypervisor id; null in samples from before it was kept, or where the hypervisors were not known. */
  hypervisors: Record<string, HypervisorSample> | null
}
interface Row extends Omit<Sample, 'diskGb' | 'hypervisors'> {
  diskGb: string | null
  hypervisors: string | null
}
const json = (it: object | null): string | null => (it === null ? null : JSON.stringify(it))
const parsed = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T))

export const insertSample = (local: Db, connectionId: string, it: Sample): void => {
  run(
    local,
    sql`INSERT OR REPLACE INTO sample (connection_id, at, clients, servers, cpu, ram_gb, volume_gb, disk_gb, ip, networks, routers, negative_clients,
      hypervisors) VALUES (${connectionId}, ${it.at}, ${it.clients}, ${it.servers}, ${it.cpu}, ${it.ramGb}, ${it.volumeGb}, ${json(it.diskGb)},
        ${it.ip}, ${it.networks}, ${it.routers}, ${it.negativeClients}, ${json(it.hypervisors)})`,
  )
}

export const samplesBetween = (local: Db, connectionId: string, { from, to }: { from: number; to: number }): Sample[] =>
  all<Row>(
    local,
    sql`SELECT at, clients, servers, cpu, ram_gb AS ramGb, volume_gb AS volumeGb, disk_gb AS diskGb, ip, networks, routers,
      negative_clients AS negativeClients, hypervisors
      FROM sample WHERE connection_id = ${connectionId} AND at BETWEEN ${from} AND ${to} ORDER BY at`,
  ).map((row) => ({ ...row, diskGb: parsed(row.diskGb), hypervisors: parsed(row.hypervisors) }))

/** What a sample knows of one hypervisor: one that is not in it had nothing in use. null = the sample does not tell them apart. */
export const atHypervisor = ({ hypervisors }: Pick<Sample, 'hypervisors'>, id: string): HypervisorSample | null =>
  hypervisors && (hypervisors[id] ?? { servers: 0, cpu: 0, ramGb: 0, volumeGb: 0, diskGb: {} })

export interface SampleBuckets {
  from: number
  to: number
  /** Width of a bucket in ms. */
  step: number
  /** A moment at which a bucket begins; null: buckets lie where the first sample of the window does. */
  origin: number | null
  hypervisorId: string | null
}
type SampledFigures = Pick<Sample, 'at' | 'cpu' | 'ramGb'>

/** The last figures of each bucket. */
export const sampledFigures = (local: Db, connectionId: string, window: SampleBuckets): SampledFigures[] =>
  window.hypervisorId === null
    ? all(local, buckets(connectionId, window, sql`max(at) AS at, cpu, ram_gb AS ramGb`))
    : hypervisorFigures(local, connectionId, { ...window, hypervisorId: window.hypervisorId })

const buckets = (connectionId: string, { from, to, step, origin }: SampleBuckets, columns: ReturnType<typeof sql>) =>
  sql`SELECT ${columns}
    FROM sample, (SELECT ifnull(${origin}, min(at)) % CAST(${step} AS INTEGER) AS origin FROM sample
      WHERE connection_id = ${connectionId} AND at BETWEEN ${from} AND ${to})
    WHERE connection_id = ${connectionId} AND at BETWEEN ${from} AND ${to} GROUP BY (at - origin) / CAST(${step} AS INTEGER) ORDER BY 1`

const hypervisorFigures = (local: Db, connectionId: string, window: SampleBuckets & { hypervisorId: string }): SampledFigures[] =>
  all<{ at: number; hypervisors: string | null }>(
    local,
    sql`SELECT s.at, s.hypervisors FROM (${buckets(connectionId, window, sql`max(at) AS at`)}) last
      JOIN sample s ON s.connection_id = ${connectionId} AND s.at = last.at ORDER BY s.at`,
  ).flatMap(({ at, hypervisors }) => {
    const known = atHypervisor({ hypervisors: parsed(hypervisors) }, window.hypervisorId)
    return known ? [{ at, cpu: known.cpu, ramGb: known.ramGb }] : []
  })

export const firstSampleAt = (local: Db, connectionId: string): number | null =>
  value<number | null>(local, sql`SELECT min(at) FROM sample WHERE connection_id = ${connectionId}`) ?? null

/** Since when samples tell hypervisors apart. */
export const firstHypervisorSampleAt = (local: Db, connectionId: string): number | null =>
  value<number | null>(local, sql`SELECT min(at) FROM sample WHERE connection_id = ${connectionId} AND hypervisors IS NOT NULL`) ?? null
