import { foldText } from '@shared/domain/search-text'
import type { Output } from '@shared/ipc/contract'

export type Project = Output<'clients', 'projects'>['projects'][number]
export type Vdc = Project['vdcs'][number]
export type Server = Vdc['servers'][number]
export type Disk = Server['disks'][number]

export type Node =
  | { kind: 'project'; key: string; level: 1; project: Project; servers: number; total: Sums }
  | { kind: 'vdc'; key: string; level: 2; vdc: Vdc; total: Sums }
  | { kind: 'server'; key: string; level: 3; server: Server }
  | { kind: 'loose'; key: string; level: 3; disks: Disk[]; gb: number }
  | { kind: 'disk'; key: string; level: 4; disk: Disk }
export interface Sums {
  cpu: number
  ramGb: number
  diskGb: number
}

const gbOf = (disks: readonly Disk[]): number => disks.reduce((sum, disk) => sum + (disk.sizeGb ?? 0), 0)
export const sumsOf = (vdcs: readonly Vdc[]): Sums => {
  const sums: Sums = { cpu: 0, ramGb: 0, diskGb: 0 }
  for (const vdc of vdcs) {
    for (const server of vdc.servers) {
      sums.cpu += server.cpu ?? 0
      sums.ramGb += server.ramGb ?? 0
      sums.diskGb += server.diskGb
    }
    sums.diskGb += gbOf(vdc.looseDisks)
  }
  return sums
}
export const serversIn = (projects: readonly Project[]): number =>
  projects.reduce((sum, project) => sum + project.vdcs.reduce((inner, vdc) => inner + vdc.servers.length, 0), 0)

const hit = (needle: string, ...names: (string | null)[]): boolean => names.some((name) => name !== null && foldText(name).includes(needle))
const diskHit = (needle: string) => (disk: Disk) => hit(needle, disk.name)

/** Keeps what carries the text, with everything above it; a project or VDC that matches itself keeps all it holds. */
export const searchProjects = (projects: readonly Project[], text: string): Project[] => {
  const needle = foldText(text)
  if (!needle) return [...projects]
  const inVdc = (vdc: Vdc): Vdc | null => {
    if (hit(needle, vdc.name)) return vdc
    const servers = vdc.servers.filter((server) => hit(needle, server.name, server.hostname) || server.disks.some(diskHit(needle)))
    const looseDisks = vdc.looseDisks.filter(diskHit(needle))
    return servers.length || looseDisks.length ? { ...vdc, servers, looseDisks } : null
  }
  return projects.flatMap((project) => {
    if (hit(needle, project.name)) return [project]
    const vdcs = project.vdcs.map(inVdc).filter((vdc) => vdc !== null)
    return vdcs.length ? [{ ...project, vdcs }] : []
  })
}

const diskNodes = (above: string, disks: readonly Disk[]): Node[] =>
  disks.map((disk) => ({ kind: 'disk', key: `${above}/${disk.id}`, level: 4, disk }))

/** The tree as rows, top to bottom, without what is folded away. */
export const flatten = (projects: readonly Project[], open: (key: string) => boolean): Node[] => {
  const rows: Node[] = []
  for (const project of projects) {
    rows.push({ kind: 'project', key: project.id, level: 1, project, servers: serversIn([project]), total: sumsOf(project.vdcs) })
    if (!open(project.id)) continue
    for (const vdc of project.vdcs) {
      rows.push({ kind: 'vdc', key: vdc.id, level: 2, vdc, total: sumsOf([vdc]) })
      if (!open(vdc.id)) continue
      for (const server of vdc.servers) {
        rows.push({ kind: 'server', key: server.id, level: 3, server })
        if (open(server.id)) rows.push(...diskNodes(server.id, server.disks))
      }
      if (!vdc.looseDisks.length) continue
      const key = `${vdc.id}/loose`
      rows.push({ kind: 'loose', key, level: 3, disks: vdc.looseDisks, gb: gbOf(vdc.looseDisks) })
      if (open(key)) rows.push(...diskNodes(key, vdc.looseDisks))
    }
  }
  return rows
}

/** Everything that can be folded. */
export const foldable = (projects: readonly Project[]): string[] =>
  projects.flatMap((p) => [
    p.id,
    ...p.vdcs.flatMap((v) => [v.id, ...v.servers.map((s) => s.id), ...(v.looseDisks.length ? [`${v.id}/loose`] : [])]),
  ])
