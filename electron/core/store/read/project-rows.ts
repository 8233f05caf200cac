import type { Dataset } from '@shared/domain/datasets'
import { nameOf } from '@shared/domain/text'
import type { Missing } from '@shared/ipc/rows'
import type { TreeRow } from '@shared/ipc/project-tree'
import { all, sql, type Db } from '../sql'
import { sumOf, type Figures } from './project-figures'
import type { DiskRow, Tree, TreeNode } from './project-tree'
import { listOf } from './query'
import { asOfAll } from './sync-status'

/** What the figures of the tree stand on. */
const counted = ['projects', 'vdcs', 'servers', 'disks', 'networks', 'routers', 'ports'] as const satisfies readonly Dataset[]
type Counted = (typeof counted)[number]

/** Which of these lists were never read to their end, and why: a figure made of one is unknown, not 0. */
export const lackingLists = (cache: Db, connectionId: string): Missing[] =>
  counted.flatMap((dataset) => {
    const { at, missing } = asOfAll(cache, connectionId, [dataset])
    return at === null && missing !== null ? [missing] : []
  })

type Known<T> = { [K in keyof T]: T[K] | null }
const standsOn: Record<keyof Figures, Counted> = {
  servers: 'servers',
  cpu: 'servers',
  ramGb: 'servers',
  disks: 'disks',
  diskGb: 'disks',
  networks: 'networks',
  routers: 'routers',
  ips: 'ports',
}
/** Where projects or VDCs are missing nobody can say what hangs on them. */
const knownOf = (figures: Figures, lacks: ReadonlySet<Dataset>): Known<Figures> => {
  const known = (key: keyof Figures): number | null =>
    lacks.has('projects') || lacks.has('vdcs') || lacks.has(standsOn[key]) ? null : figures[key]
  return Object.fromEntries((Object.keys(figures) as (keyof Figures)[]).map((key) => [key, known(key)])) as Known<Figures>
}

export const treeTotals = ({ projects }: Tree, lacking: readonly Missing[]) => {
  const lacks = new Set(lacking.map(({ dataset }) => dataset))
  const vdcs = projects.flatMap((project) => project.vdcs)
  return {
    projects: lacks.has('projects') ? null : projects.filter(({ id }) => id !== null).length,
    vdcs: lacks.has('projects') || lacks.has('vdcs') ? null : vdcs.filter(({ id }) => id !== null).length,
    ...knownOf(sumOf(vdcs.map(({ figures }) => figures)), lacks),
  }
}

interface ServerRow {
  rowid: number
  name: string
  hostname: string | null
  cpu: number | null
  ramGb: number | null
  power: number | null
  locked: number | null
}
interface NamedDisk {
  rowid: number
  name: string
  profile: string | null
  sizeGb: number | null
}
const flag = (value: number | null): boolean | null => (value === null ? null : value === 1)
const gbOf = (disks: readonly DiskRow[]): number => Math.round(disks.reduce((sum, { sizeGb }) => sum + (sizeGb ?? 0), 0) * 1e6) / 1e6

/** A window of the tree, read by itself. */
export const treeRows = (cache: Db, nodes: readonly TreeNode[], lacking: readonly Missing[]): TreeRow[] => {
  const lacks = new Set<Dataset>(lacking.map(({ dataset }) => dataset))
  const numbers = (kind: 'server' | 'disk'): number[] => nodes.flatMap((node) => (node.kind === kind ? [node.rowid] : []))
  const servers = byRow(
    all<ServerRow>(
      cache,
      sql`SELECT rowid, name, hostname, cpu, ram_gb AS ramGb, power, locked FROM server WHERE rowid IN ${listOf(numbers('server'))}`,
    ),
  )
  const disks = byRow(
    all<NamedDisk>(
      cache,
      sql`SELECT rowid, name, storage_profile_name AS profile, size_gb AS sizeGb FROM disk WHERE rowid IN ${listOf(numbers('disk'))}`,
    ),
  )
  return nodes.flatMap((node) => toRow(node, { servers, disks, lacks }))
}
const byRow = <T extends { rowid: number }>(rows: readonly T[]): Map<number, T> => new Map(rows.map((row) => [row.rowid, row]))

interface Read {
  servers: ReadonlyMap<number, ServerRow>
  disks: ReadonlyMap<number, NamedDisk>
  lacks: ReadonlySet<Dataset>
}
const toRow = (node: TreeNode, { servers, disks, lacks }: Read): TreeRow[] => {
  const { key, level, foldable, open } = node
  const place = { key, level, foldable, open }
  switch (node.kind) {
    case 'project': {
      const { id, name, locked, vdcs } = node.project
      const { networks: _networks, routers: _routers, ips: _ips, ...contents } = knownOf(sumOf(vdcs.map((vdc) => vdc.figures)), lacks)
      return [
        {
          kind: 'project',
          ...place,
          name: id === null ? null : nameOf(name, id),
          locked: flag(locked),
          vdcs: lacks.has('vdcs') ? null : vdcs.length,
          ...contents,
        },
      ]
    }
    case 'vdc': {
      const { id, name, hypervisor, figures } = node.vdc
      return [{ kind: 'vdc', ...place, name: id === null ? null : nameOf(name, id), hypervisor, ...knownOf(figures, lacks) }]
    }
    case 'server': {
      const row = servers.get(node.rowid)
      if (!row) return []
      const { hostname, cpu, ramGb } = row
      const name = nameOf(row.name, key.slice('server '.length))
      const own = lacks.has('disks') ? { disks: null, diskGb: null } : { disks: node.disks.length, diskGb: gbOf(node.disks) }
      return [{ kind: 'server', ...place, name, hostname, cpu, ramGb, power: flag(row.power), locked: flag(row.locked), ...own }]
    }
    case 'disks':
      return [{ kind: 'disks', ...place, of: node.of, disks: node.disks.length, diskGb: gbOf(node.disks) }]
    case 'nets': {
      const { networks, routers, ips } = knownOf(node.vdc.figures, lacks)
      return [{ kind: 'nets', ...place, networks, routers, ips }]
    }
    case 'disk': {
      const row = disks.get(node.rowid)
      return row
        ? [{ kind: 'disk', ...place, name: nameOf(row.name, key.slice('disk '.length)), profile: row.profile, sizeGb: row.sizeGb }]
        : []
    }
    case 'net':
      return [{ kind: 'net', ...place, of: node.of, name: node.name }]
  }
}
