import { all, get, sql, type Db } from '../sql'

/** One bucket of the partner's history, summed over partners. null = the platform did not say. */
export interface StatRow {
  at: number
  clients: number | null
  servers: number | null
  cpu: number | null
  ramGb: number | null
  volumeGb: number | null
  diskGb: Record<string, number>
  chargedMinor: number | null
  currency: string | null
}
export interface StatWindow {
  connectionId: string
  resolution: 'hour' | 'day'
  from: number
  to: number
}
interface Row extends Omit<StatRow, 'diskGb'> {
  diskGb: string
}

export const statistics = (cache: Db, { connectionId, resolution, from, to }: StatWindow): StatRow[] =>
  all<Row>(
    cache,
    sql`SELECT at, sum(clients) AS clients, sum(servers) AS servers, sum(cpu) AS cpu, sum(ram_gb) AS ramGb, sum(volume_gb) AS volumeGb,
      '[' || group_concat(disk_gb) || ']' AS diskGb, sum(charged_minor) AS chargedMinor, min(currency) AS currency FROM statistic
      WHERE connection_id = ${connectionId} AND resolution = ${resolution} AND at BETWEEN ${from} AND ${to} GROUP BY at
      HAVING count(DISTINCT currency) <= 1 ORDER BY at`,
  ).map((row) => ({ ...row, diskGb: summed(JSON.parse(row.diskGb) as Record<string, number>[]) }))

const summed = (parts: Record<string, number>[]): Record<string, number> => {
  const total: Record<string, number> = {}
  for (const part of parts) for (const [id, gb] of Object.entries(part)) total[id] = (total[id] ?? 0) + gb
  return total
}

export const firstStatisticAt = (cache: Db, connectionId: string, resolution: 'hour' | 'day'): number | null =>
  get<{ at: number | null }>(
    cache,
    sql`SELECT min(at) AS at FROM statistic WHERE connection_id = ${connectionId} AND resolution = ${resolution}`,
  )?.at ?? null
