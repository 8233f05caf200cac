import { foldText } from '@shared/domain/text'
import type { Folds } from '@shared/ipc/project-tree'
import { all, sql, type Db } from '../sql'
import { inVdc, projectFigures, type ProjectNode, type TreeOwner, type VdcNode } from './project-figures'

/** A row of the tree before it is read: enough to know where it stands. Names come with the window that shows it. */
export type TreeNode = { key: string; level: number; foldable: boolean; open: boolean } & (
  | { kind: 'project'; project: ProjectNode }
  | { kind: 'vdc'; vdc: VdcNode }
  | { kind: 'server'; rowid: number; disks: readonly DiskRow[] }
  | { kind: 'disks'; of: 'none' | 'unseen'; disks: readonly DiskRow[] }
  | { kind: 'nets'; vdc: VdcNode }
  | { kind: 'disk'; rowid: number }
  | { kind: 'net'; of: 'network' | 'router' | 'ip'; name: string }
)
export interface Tree {
  projects: readonly ProjectNode[]
  nodes: readonly TreeNode[]
}
export interface DiskRow {
  rowid: number
  id: string
  name: string
  sizeGb: number | null
  serverId: string | null
}
interface ServerRow {
  rowid: number
  id: string
  name: string
  hostname: string | null
}
interface NetRow {
  of: 'network' | 'router' | 'ip'
  id: string
  name: string
}

interface Asked {
  owner: TreeOwner
  text: string
  folds: Folds
}

/**
 * The tree top to bottom without what is folded away. A search keeps what carries the text with everything above it; a
 * project or VDC that carries it itself keeps all that it holds.
 */
export const projectTree = (cache: Db, { owner, text, folds }: Asked): Tree => {
  const projects = projectFigures(cache, owner)
  const needle = foldText(text)
  const turned = new Set(folds.turned)
  const isOpen = (key: string, usually: boolean): boolean => {
    const start = folds.base === 'usual' ? usually || needle !== '' : folds.base === 'open'
    return start !== turned.has(key)
  }
  const reader = { cache, connectionId: owner.connectionId, isOpen }
  const nodes: TreeNode[] = []
  for (const project of projects) {
    const wanted = holds(project.name, needle) ? '' : needle
    const key = `project ${project.id ?? ''}`
    const open = isOpen(key, true)
    // Where nothing is looked for, what is folded away is not read.
    const inside = open || wanted !== '' ? project.vdcs.flatMap((vdc) => vdcNodes(reader, vdc, wanted)) : []
    if (wanted !== '' && inside.length === 0) continue
    nodes.push({ kind: 'project', key, level: 1, foldable: project.vdcs.length > 0, open, project })
    if (open) for (const node of inside) nodes.push(node)
  }
  return { projects, nodes }
}

const holds = (name: string | null, needle: string): boolean => needle === '' || (name !== null && foldText(name).includes(needle))

interface Reader {
  cache: Db
  connectionId: string
  isOpen: (key: string, usually: boolean) => boolean
}

const vdcNodes = (reader: Reader, vdc: VdcNode, text: string): TreeNode[] => {
  const needle = holds(vdc.name, text) ? '' : text
  const key = `vdc ${vdc.id ?? ''}`
  const open = reader.isOpen(key, true)
  const inside = open || needle !== '' ? contentNodes(reader, vdc, needle) : []
  if (needle !== '' && inside.length === 0) return []
  const foldable = Object.values(vdc.figures).some((figure) => figure > 0)
  return [{ kind: 'vdc', key, level: 2, foldable, open, vdc }, ...(open ? inside : [])]
}

const contentNodes = (reader: Reader, vdc: VdcNode, needle: string): TreeNode[] => {
  const servers = serversIn(reader, vdc)
  const ids = new Set(servers.map(({ id }) => id))
  const disks = Map.groupBy(disksIn(reader, vdc), ({ serverId }) => (serverId === null ? 'none' : ids.has(serverId) ? serverId : 'unseen'))
  const nodes: TreeNode[] = []
  for (const { rowid, id, name, hostname } of servers) {
    const own = disks.get(id) ?? []
    if (!holds(name, needle) && !(hostname !== null && holds(hostname, needle)) && !own.some((disk) => holds(disk.name, needle))) continue
    const key = `server ${id}`
    const open = own.length > 0 && reader.isOpen(key, false)
    nodes.push({ kind: 'server', key, level: 3, foldable: own.length > 0, open, rowid, disks: own })
    if (open) nodes.push(...diskNodes(own))
  }
  for (const owner of ['none', 'unseen'] as const) {
    const own = (disks.get(owner) ?? []).filter(({ name }) => holds(name, needle))
    if (own.length === 0) continue
    const key = `disks ${owner} ${vdc.id ?? ''}`
    const open = reader.isOpen(key, false)
    nodes.push({ kind: 'disks', key, level: 3, foldable: true, open, of: owner, disks: own })
    if (open) for (const node of diskNodes(own)) nodes.push(node)
  }
  return [...nodes, ...netNodes(reader, vdc, needle)]
}

const diskNodes = (disks: readonly DiskRow[]): TreeNode[] =>
  disks.map(({ rowid, id }) => ({ kind: 'disk', key: `disk ${id}`, level: 4, foldable: false, open: false, rowid }))

const netNodes = (reader: Reader, vdc: VdcNode, needle: string): TreeNode[] => {
  const { networks, routers, ips } = vdc.figures
  if (networks + routers + ips === 0) return []
  const key = `nets ${vdc.id ?? ''}`
  const open = reader.isOpen(key, false)
  const rows = open || needle !== '' ? netsIn(reader, vdc).filter(({ name }) => holds(name, needle)) : []
  if (needle !== '' && rows.length === 0) return []
  const leaves = rows.map(({ of, id, name }): TreeNode => ({
    kind: 'net',
    key: `${of} ${id}`,
    level: 4,
    foldable: false,
    open: false,
    of,
    name,
  }))
  return [{ kind: 'nets', key, level: 3, foldable: true, open, vdc }, ...(open ? leaves : [])]
}

const serversIn = ({ cache, connectionId }: Reader, { id }: VdcNode): ServerRow[] =>
  all(cache, sql`SELECT x.rowid, x.id, x.name, x.hostname FROM server x WHERE ${inVdc(connectionId, id)} ORDER BY x.name_folded, x.id`)

const disksIn = ({ cache, connectionId }: Reader, { id }: VdcNode): DiskRow[] =>
  all(
    cache,
    sql`SELECT x.rowid, x.id, x.name, x.size_gb AS sizeGb, x.server_id AS serverId FROM disk x WHERE ${inVdc(connectionId, id)}
      ORDER BY x.is_root DESC, x.name, x.id`,
  )

const netsIn = ({ cache, connectionId }: Reader, { id }: VdcNode): NetRow[] =>
  all(
    cache,
    sql`SELECT 'network' AS "of", x.id, x.name, 1 AS place FROM network x WHERE ${inVdc(connectionId, id)}
      UNION ALL SELECT 'router', x.id, x.name, 2 FROM router x WHERE ${inVdc(connectionId, id)}
      UNION ALL SELECT 'ip', x.id, ifnull(x.ip, x.id), 3 FROM port x WHERE ${inVdc(connectionId, id)} AND x.external = 1 ORDER BY 4, 3, 2`,
  )
