import { all, sql, trusted, type Db, type Query } from '../sql'

/** Whose projects: of one client, or (null) those of no client that is known. */
export interface TreeOwner {
  connectionId: string
  clientId: string | null
}
export interface Figures {
  servers: number
  cpu: number
  ramGb: number
  disks: number
  diskGb: number
  networks: number
  routers: number
  ips: number
}
/** A VDC of the store; id null: whatever names no VDC of the store. */
export interface VdcNode {
  id: string | null
  name: string | null
  hypervisor: string | null
  figures: Figures
}
/** A project of the store; id null: VDCs that name no project of the store. */
export interface ProjectNode {
  id: string | null
  name: string | null
  locked: number | null
  vdcs: VdcNode[]
}

const nothing: Figures = { servers: 0, cpu: 0, ramGb: 0, disks: 0, diskGb: 0, networks: 0, routers: 0, ips: 0 }

export const sumOf = (parts: readonly Figures[]): Figures => {
  const sum = { ...nothing }
  for (const part of parts) for (const key of Object.keys(sum) as (keyof Figures)[]) sum[key] += part[key]
  // Sums of decimal fractions stay what they are.
  return { ...sum, ramGb: Math.round(sum.ramGb * 1e6) / 1e6, diskGb: Math.round(sum.diskGb * 1e6) / 1e6 }
}

/** Rows of a table that stand in one VDC, or in none that the store has. */
export const inVdc = (connectionId: string, vdcId: string | null): Query =>
  vdcId === null
    ? sql`x.connection_id = ${connectionId} AND NOT EXISTS (SELECT 1 FROM vdc v WHERE v.connection_id = x.connection_id AND v.id = x.vdc_id)`
    : sql`x.connection_id = ${connectionId} AND x.vdc_id = ${vdcId}`

/** Projects and VDCs of an owner with what each VDC holds: every row of the store is counted in exactly one of them. */
export const projectFigures = (cache: Db, owner: TreeOwner): ProjectNode[] => {
  const figures = vdcFigures(cache, owner)
  const toNode = (vdc: VdcRow): VdcNode => ({
    id: vdc.id,
    name: vdc.name,
    hypervisor: vdc.hypervisor,
    figures: figures.get(vdc.id) ?? nothing,
  })
  const vdcs = Map.groupBy(vdcsOf(cache, owner), ({ projectId }) => projectId)
  const projects: ProjectNode[] = projectsOf(cache, owner).map(({ id, name, locked }) => ({
    ...{ id, name, locked },
    vdcs: (vdcs.get(id) ?? []).map(toNode),
  }))
  if (owner.clientId !== null) return projects
  const without = looseFigures(cache, owner.connectionId)
  const orphans = (vdcs.get(null) ?? []).map(toNode)
  if (Object.values(without).some((figure) => figure > 0)) orphans.push({ id: null, name: null, hypervisor: null, figures: without })
  return orphans.length === 0 ? projects : [...projects, { id: null, name: null, locked: null, vdcs: orphans }]
}

const ofOwner = ({ clientId }: TreeOwner): Query =>
  clientId === null
    ? sql`NOT EXISTS (SELECT 1 FROM client c WHERE c.connection_id = p.connection_id AND c.id = p.client_id)`
    : sql`p.client_id = ${clientId}`

const projectsOf = (cache: Db, owner: TreeOwner) =>
  all<{ id: string; name: string; locked: number | null }>(
    cache,
    sql`SELECT p.id, p.name, p.locked FROM project p WHERE p.connection_id = ${owner.connectionId} AND ${ofOwner(owner)} ORDER BY p.name, p.id`,
  )

interface VdcRow {
  id: string
  name: string
  hypervisor: string | null
  projectId: string | null
}
const vdcsOf = (cache: Db, owner: TreeOwner): VdcRow[] =>
  all<VdcRow>(cache, sql`SELECT v.id, v.name, v.hypervisor_name AS hypervisor, p.id AS projectId ${ownVdcs(owner)} ORDER BY v.name, v.id`)

const ownVdcs = (owner: TreeOwner): Query =>
  owner.clientId === null
    ? sql`FROM vdc v LEFT JOIN project p ON p.connection_id = v.connection_id AND p.id = v.project_id
        WHERE v.connection_id = ${owner.connectionId} AND (p.id IS NULL OR ${ofOwner(owner)})`
    : sql`FROM project p CROSS JOIN vdc v ON v.connection_id = p.connection_id AND v.project_id = p.id
        WHERE p.connection_id = ${owner.connectionId} AND ${ofOwner(owner)}`

const pieces: readonly (readonly [table: string, figures: string, condition: string])[] = [
  ['server', 'count(*) AS servers, total(x.cpu) AS cpu, total(x.ram_gb) AS ramGb', ''],
  ['disk', 'count(*) AS disks, total(x.size_gb) AS diskGb', ''],
  ['network', 'count(*) AS networks', ''],
  ['router', 'count(*) AS routers', ''],
  ['port', 'count(*) AS ips', 'AND x.external = 1'],
]

const vdcFigures = (cache: Db, owner: TreeOwner): Map<string, Figures> => {
  const found = new Map<string, Figures>()
  for (const [table, figures, condition] of pieces)
    for (const { id, ...part } of all<Partial<Figures> & { id: string }>(
      cache,
      sql`SELECT o.id, ${trusted(figures)} FROM (SELECT v.id ${ownVdcs(owner)}) o
        CROSS JOIN ${trusted(table)} x ON x.connection_id = ${owner.connectionId} AND x.vdc_id = o.id ${trusted(condition)} GROUP BY o.id`,
    ))
      found.set(id, { ...nothing, ...found.get(id), ...part })
  return found
}

const looseFigures = (cache: Db, connectionId: string): Figures => {
  const parts = pieces.flatMap(([table, figures, condition]) =>
    all<Partial<Figures>>(
      cache,
      sql`SELECT ${trusted(figures)} FROM ${trusted(table)} x WHERE ${inVdc(connectionId, null)} ${trusted(condition)}`,
    ),
  )
  return Object.assign({}, nothing, ...parts) as Figures
}
