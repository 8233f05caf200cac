import { all, get, inTransaction, run, sql, statement, trusted, type Db, type Query } from '../sql'
import type { Store } from '../connection'

/** What one client uses on one hypervisor. Counted along server → VDC → project → client; what hangs on an unknown parent counts for nobody. */
export interface Usage {
  clientId: string
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
export interface ClientRange {
  connectionId: string
  first: string
  last: string
}

/** The next clients in the order of their ids, as a range. null = no more. */
export const nextClients = (
  db: Db,
  { connectionId, after, count }: { connectionId: string; after: string; count: number },
): ClientRange | null => {
  const row = get<{ first: string | null; last: string | null }>(
    db,
    sql`SELECT min(id) first, max(id) last FROM (SELECT id FROM client WHERE connection_id = ${connectionId} AND id > ${after} ORDER BY id LIMIT ${count})`,
  )
  return typeof row?.first !== 'string' || row.last === null ? null : { connectionId, first: row.first, last: row.last }
}

/** CROSS JOIN fixes the order: from a few clients outwards, by the indexes. */
const perHypervisor = ({ connectionId, first, last }: ClientRange, joined: string, figures: string): Query => sql`
  SELECT p.client_id clientId, coalesce(v.hypervisor_id, '') hypervisorId, ${trusted(figures)}
  FROM project p CROSS JOIN vdc v ON v.connection_id = p.connection_id AND v.project_id = p.id ${trusted(joined)}
  WHERE p.connection_id = ${connectionId} AND p.client_id BETWEEN ${first} AND ${last} GROUP BY 1, 2`

const child = (table: string, condition = ''): string =>
  `CROSS JOIN ${table} x ON x.connection_id = v.connection_id AND x.vdc_id = v.id ${condition}`

const parts: readonly [joined: string, figures: string][] = [
  ['', `coalesce(max(v.hypervisor_name), '') hypervisorName, max(v.hypervisor_type) hypervisorType`],
  [child('server'), 'count(*) servers, coalesce(sum(x.cpu), 0) cpu, coalesce(sum(x.ram_gb), 0) ramGb'],
  [child('disk'), 'count(*) disks, coalesce(sum(x.size_gb), 0) volumeGb'],
  [child('port', 'AND x.external = 1'), 'count(*) ip'],
  [child('network'), 'count(*) networks'],
  [child('router'), 'count(*) routers'],
]

const nothing = {
  hypervisorName: '',
  hypervisorType: null,
  servers: 0,
  cpu: 0,
  ramGb: 0,
  disks: 0,
  volumeGb: 0,
  ip: 0,
  networks: 0,
  routers: 0,
}

/** Counts the use of a range of clients from the rows themselves. */
export const countUsage = (db: Db, range: ClientRange): Usage[] => {
  const found = new Map<string, Usage>()
  for (const [joined, figures] of parts)
    for (const part of all<Partial<Usage> & { clientId: string; hypervisorId: string }>(db, perHypervisor(range, joined, figures))) {
      const key = `${part.clientId}\n${part.hypervisorId}`
      found.set(key, { ...nothing, ...found.get(key), ...part })
    }
  return [...found.values()]
}

/** Brings `client_usage` of a range in step with the rows, in one transaction; unchanged rows are not written. @returns the use as it is. */
export const refreshUsage = (db: Db, range: ClientRange): Usage[] =>
  inTransaction(db, () => {
    const usage = countUsage(db, range)
    const kept = new Set(usage.map(({ clientId, hypervisorId }) => `${clientId}\n${hypervisorId}`))
    const { connectionId, first, last } = range
    const known = sql`SELECT client_id, hypervisor_id FROM client_usage WHERE connection_id = ${connectionId} AND client_id BETWEEN ${first} AND ${last}`
    for (const row of all<{ client_id: string; hypervisor_id: string }>(db, known))
      if (!kept.has(`${row.client_id}\n${row.hypervisor_id}`))
        run(
          db,
          sql`DELETE FROM client_usage WHERE connection_id = ${connectionId} AND client_id = ${row.client_id} AND hypervisor_id = ${row.hypervisor_id}`,
        )
    for (const row of usage) writeUsage(db, connectionId, row)
    return usage
  })

const usageColumns = 'hypervisor_name, hypervisor_type, servers, cpu, ram_gb, disks, volume_gb, ip, networks, routers'
const writeUsage = (db: Db, connectionId: string, row: Usage): void => {
  const excluded = usageColumns
    .split(', ')
    .map((name) => `excluded.${name}`)
    .join(', ')
  statement(
    db,
    `INSERT INTO client_usage (connection_id, client_id, hypervisor_id, ${usageColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET (${usageColumns}) = (${excluded}) WHERE (${usageColumns}) IS NOT (${excluded})`,
  ).run(
    connectionId,
    row.clientId,
    row.hypervisorId,
    row.hypervisorName,
    row.hypervisorType,
    row.servers,
    row.cpu,
    row.ramGb,
    row.disks,
    row.volumeGb,
    row.ip,
    row.networks,
    row.routers,
  )
}

const DISKS_AT_ONCE = 4000

/** Brings `disk_usage` (volume by hypervisor and billing class) in step, reading the disks in slices. */
export const refreshDiskUsage = async (store: Store, connectionId: string, pause: () => Promise<void>): Promise<void> => {
  const sums = new Map<string, { hypervisorId: string; classId: string; name: string; volume: number }>()
  for (let after = ''; ;) {
    const rows = all<{ id: string; hypervisorId: string; classId: string; name: string; size: number }>(
      store.cache,
      diskSlice(connectionId, after),
    )
    for (const row of rows) {
      const key = `${row.hypervisorId}\n${row.classId}`
      const sum = sums.get(key) ?? { hypervisorId: row.hypervisorId, classId: row.classId, name: row.name, volume: 0 }
      sums.set(key, { ...sum, volume: sum.volume + row.size })
    }
    const last = rows.at(-1)
    if (!last || rows.length < DISKS_AT_ONCE) break
    after = last.id
    await pause()
  }
  inTransaction(store.cache, () => {
    run(store.cache, sql`DELETE FROM disk_usage WHERE connection_id = ${connectionId}`)
    for (const { hypervisorId, classId, name, volume } of sums.values())
      run(
        store.cache,
        sql`INSERT INTO disk_usage (connection_id, hypervisor_id, billing_class_id, name, volume_gb)
          VALUES (${connectionId}, ${hypervisorId}, ${classId}, ${name}, ${volume})`,
      )
  })
}

const diskSlice = (connectionId: string, after: string): Query => sql`
  SELECT d.id, coalesce(v.hypervisor_id, '') hypervisorId, coalesce(d.billing_class_id, d.storage_profile_id, '') classId,
    coalesce(s.billing_class_name, d.storage_profile_name, '') name, coalesce(d.size_gb, 0) size
  FROM disk d LEFT JOIN vdc v ON v.connection_id = d.connection_id AND v.id = d.vdc_id
    LEFT JOIN storage_profile s ON s.connection_id = d.connection_id AND s.id = d.storage_profile_id
  WHERE d.connection_id = ${connectionId} AND d.id > ${after} ORDER BY d.id LIMIT ${DISKS_AT_ONCE}`
