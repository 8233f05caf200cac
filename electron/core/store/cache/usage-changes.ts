import { statement, type Db } from '../sql'
import { rounded, type Figures, type VdcDisk, type VdcUsage } from './figures'

interface Sum extends Figures {
  vdcs: number
  /** What the hypervisor is called by the VDCs that were counted, before and after. */
  names: Map<string, Name>
}
interface Name {
  name: string
  type: string | null
}

/** What recounted VDCs change in the sums over them: gathered, then written once. */
export interface UsageChanges {
  /** By client and hypervisor, by hypervisor, and by hypervisor, profile, class and name of a disk. */
  clients: Map<string, Sum>
  hypervisors: Map<string, Sum>
  disks: Map<string, { disks: number; volumeGb: number }>
}
export const noChanges = (): UsageChanges => ({ clients: new Map(), hypervisors: new Map(), disks: new Map() })

const keyOf = (...parts: string[]): string => JSON.stringify(parts)
const partsOf = (key: string): string[] => JSON.parse(key) as string[]

/** Adds a VDC to the sums, or takes it out of them. */
export const changeOf = (changes: UsageChanges, vdc: VdcUsage, disks: readonly VdcDisk[], sign: 1 | -1): void => {
  addTo(changes.clients, keyOf(vdc.clientId, vdc.hypervisorId), vdc, sign)
  addTo(changes.hypervisors, keyOf(vdc.hypervisorId), vdc, sign)
  for (const { profileId, classId, name, disks: count, volumeGb } of disks) {
    const key = keyOf(vdc.hypervisorId, profileId, classId, name)
    const sum = changes.disks.get(key) ?? { disks: 0, volumeGb: 0 }
    changes.disks.set(key, { disks: sum.disks + sign * count, volumeGb: rounded(sum.volumeGb + sign * volumeGb) })
  }
}

const addTo = (sums: Map<string, Sum>, key: string, vdc: VdcUsage, sign: 1 | -1): void => {
  const sum = sums.get(key) ?? { ...empty, names: new Map<string, Name>() }
  sum.vdcs += sign
  for (const figure of figures) sum[figure] = rounded(sum[figure] + sign * vdc[figure])
  const name = { name: vdc.hypervisorName, type: vdc.hypervisorType }
  sum.names.set(JSON.stringify(name), name)
  sums.set(key, sum)
}
const figures = ['servers', 'cpu', 'ramGb', 'disks', 'volumeGb', 'ip', 'networks', 'routers'] as const
const empty = { vdcs: 0, servers: 0, cpu: 0, ramGb: 0, disks: 0, volumeGb: 0, ip: 0, networks: 0, routers: 0 }

/** Writes the gathered changes. @returns the clients whose use is different now. */
export const applyChanges = (db: Db, connectionId: string, { clients, hypervisors, disks }: UsageChanges): Set<string> => {
  const touched = new Set<string>()
  for (const [key, sum] of clients) {
    const [clientId = '', hypervisorId = ''] = partsOf(key)
    if (applySum(db, clientSums, { keys: [connectionId, clientId, hypervisorId], sum })) touched.add(clientId)
  }
  for (const [key, sum] of hypervisors) applySum(db, hypervisorSums, { keys: [connectionId, ...partsOf(key)], sum })
  for (const [key, sum] of disks) if (sum.disks !== 0 || sum.volumeGb !== 0) applyDisks(db, [connectionId, ...partsOf(key)], sum)
  return touched
}

interface SumTable {
  table: string
  keys: readonly string[]
}
const clientSums: SumTable = { table: 'client_usage', keys: ['connection_id', 'client_id', 'hypervisor_id'] }
const hypervisorSums: SumTable = { table: 'hypervisor_usage', keys: ['connection_id', 'hypervisor_id'] }
const columns = ['vdcs', 'servers', 'cpu', 'ram_gb', 'disks', 'volume_gb', 'ip', 'networks', 'routers']

const applySum = (db: Db, { table, keys: names }: SumTable, { keys, sum }: { keys: string[]; sum: Sum }): boolean => {
  const where = names.map((name) => `${name} = ?`).join(' AND ')
  const known = statement(db, `SELECT hypervisor_name name, hypervisor_type type FROM ${table} WHERE ${where}`).get(...keys) as
    Name | undefined
  const cells = [sum.vdcs, ...figures.map((figure) => sum[figure])]
  const sameName = known !== undefined && [...sum.names.values()].every(({ name, type }) => name === known.name && type === known.type)
  if (sameName && cells.every((cell) => cell === 0)) return false
  const { name, type } = (sameName && sum.vdcs >= 0 ? known : nameOf(db, names, keys)) ?? { name: '', type: null }
  statement(
    db,
    `INSERT INTO ${table} (${names.join(', ')}, hypervisor_name, hypervisor_type, ${columns.join(', ')})
     VALUES (${names.map(() => '?').join(', ')}, ?, ?${', ?'.repeat(columns.length)})
     ON CONFLICT DO UPDATE SET hypervisor_name = excluded.hypervisor_name, hypervisor_type = excluded.hypervisor_type,
     ${columns.map((column) => `${column} = round(${column} + excluded.${column}, 6)`).join(', ')}`,
  ).run(...keys, name, type, ...cells)
  statement(db, `DELETE FROM ${table} WHERE ${where} AND vdcs = 0`).run(...keys)
  return true
}

/** One name where VDCs of one hypervisor bear two for a while: the same, whatever order they were counted in. */
const nameOf = (db: Db, names: readonly string[], keys: readonly string[]): Name | undefined =>
  statement(
    db,
    `SELECT hypervisor_name name, hypervisor_type type FROM vdc_usage WHERE ${names.map((name) => `${name} = ?`).join(' AND ')}
     ORDER BY hypervisor_name DESC, hypervisor_type DESC LIMIT 1`,
  ).get(...keys) as Name | undefined

const applyDisks = (db: Db, keys: string[], { disks, volumeGb }: { disks: number; volumeGb: number }): void => {
  statement(
    db,
    `INSERT INTO disk_usage VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET disks = disks + excluded.disks, volume_gb = round(volume_gb + excluded.volume_gb, 6)`,
  ).run(...keys, disks, volumeGb)
  statement(db, 'DELETE FROM disk_usage WHERE connection_id = ? AND hypervisor_id = ? AND disks = 0').run(...keys.slice(0, 2))
}
