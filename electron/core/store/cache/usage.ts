import { all, sql, statement, type Db, type Query } from '../sql'
import type { VdcDisk, VdcRange, VdcUsage } from './figures'
import { changeOf, type UsageChanges } from './usage-changes'
import { countDisks, countVdcs } from './vdc-counting'

/** Counts the VDCs of a range from the rows themselves and keeps the result. What changed by it is added to `changes`. */
export const recountVdcs = (db: Db, range: VdcRange, changes: UsageChanges): void => {
  const { connectionId } = range
  const disks = countDisks(db, range)
  const counted = countVdcs(db, range, disks)
  const kept = new Map(keptVdcs(db, range).map((row) => [row.vdcId, row]))
  const keptDisks = Map.groupBy(keptDiskRows(db, range), ({ vdcId }) => vdcId)
  const countedDisks = Map.groupBy(disks, ({ vdcId }) => vdcId)
  for (const id of new Set([...counted.keys(), ...kept.keys()])) {
    const [before, after] = [kept.get(id), counted.get(id)]
    // A VDC that is gone is still told of while its rows go, one list after another.
    if (after && before) after.toldClientId ??= before.toldClientId
    const [was, is] = [keptDisks.get(id) ?? [], countedDisks.get(id) ?? []]
    if (before && after && sameVdc(before, after) && sameDisks(was, is)) continue
    if (before) changeOf(changes, before, was, -1)
    if (after) changeOf(changes, after, is, 1)
    keepDisks(db, connectionId, { id, rows: is })
    if (after) keepVdc(db, connectionId, after)
    else dropVdc(db, connectionId, id)
  }
}

const kept = ({ connectionId, first, last }: VdcRange): Query =>
  sql`connection_id = ${connectionId} AND vdc_id BETWEEN ${first} AND ${last}`
const keptVdcs = (db: Db, range: VdcRange): VdcUsage[] =>
  all(
    db,
    sql`SELECT vdc_id vdcId, hypervisor_id hypervisorId, hypervisor_name hypervisorName, hypervisor_type hypervisorType, client_id clientId,
      told_client_id toldClientId, servers, cpu, ram_gb ramGb, disks, volume_gb volumeGb, ip, networks, routers FROM vdc_usage WHERE ${kept(range)}`,
  )
const keptDiskRows = (db: Db, range: VdcRange): VdcDisk[] =>
  all(
    db,
    sql`SELECT vdc_id vdcId, storage_profile_id profileId, billing_class_id classId, name, disks, volume_gb volumeGb FROM vdc_disk
      WHERE ${kept(range)} ORDER BY 1, 2, 3, 4`,
  )

const sameVdc = (a: VdcUsage, b: VdcUsage): boolean => vdcCells(a).every((cell, index) => cell === vdcCells(b)[index])
const sameDisks = (a: readonly VdcDisk[], b: readonly VdcDisk[]): boolean =>
  a.length === b.length && a.every((row, index) => diskCells(row).every((cell, at) => cell === diskCells(b[index] ?? row)[at]))
const vdcCells = (row: VdcUsage) => [
  ...[row.hypervisorId, row.hypervisorName, row.hypervisorType, row.clientId, row.toldClientId, row.servers, row.cpu, row.ramGb],
  ...[row.disks, row.volumeGb, row.ip, row.networks, row.routers],
]
const diskCells = (row: VdcDisk) => [row.profileId, row.classId, row.name, row.disks, row.volumeGb]

const keepVdc = (db: Db, connectionId: string, row: VdcUsage): void => {
  statement(db, `INSERT OR REPLACE INTO vdc_usage VALUES (?, ?${', ?'.repeat(13)})`).run(connectionId, row.vdcId, ...vdcCells(row))
}
const keepDisks = (db: Db, connectionId: string, { id, rows }: { id: string; rows: readonly VdcDisk[] }): void => {
  statement(db, 'DELETE FROM vdc_disk WHERE connection_id = ? AND vdc_id = ?').run(connectionId, id)
  for (const row of rows) statement(db, 'INSERT INTO vdc_disk VALUES (?, ?, ?, ?, ?, ?, ?)').run(connectionId, id, ...diskCells(row))
}
const dropVdc = (db: Db, connectionId: string, id: string): void => {
  statement(db, 'DELETE FROM vdc_usage WHERE connection_id = ? AND vdc_id = ?').run(connectionId, id)
}
