import type { Translate } from '@renderer/locales'
import type { Format } from '@renderer/ui/format'
import type { TreeRow } from '@shared/ipc/project-tree'

export interface TreeWords {
  name: string
  adds: string
  cpu: string
  ram: string
  disk: string
}
type Counted = 'vdcs' | 'servers' | 'disks' | 'networks' | 'routers' | 'ips'

/** A row of the tree in words. A figure whose list was not read is «—». */
export const treeWords = (row: TreeRow, { t, f }: { t: Translate; f: Format }): TreeWords => {
  const figure = (n: number | null): string => (n === null ? '—' : f.num(n))
  const count = (what: Counted, n: number | null): string =>
    n === null ? t(`client.projects.unknown.${what}`) : t(`client.projects.${what}`, { n: f.num(n) }, n)
  const counts = (from: Partial<Record<Counted, number | null>>): string[] =>
    (Object.keys(from) as Counted[]).map((what) => count(what, from[what] ?? null))
  const empty = { cpu: '', ram: '', disk: '' }
  switch (row.kind) {
    case 'project': {
      const { name, vdcs, servers, cpu, ramGb, diskGb } = row
      const adds = counts({ vdcs, servers }).join(' · ')
      return { name: name ?? t('client.projects.noProject'), adds, cpu: figure(cpu), ram: figure(ramGb), disk: figure(diskGb) }
    }
    case 'vdc': {
      const { name, hypervisor, servers, networks, routers, ips, cpu, ramGb, diskGb } = row
      const on = hypervisor === null ? t('client.projects.noHypervisor') : t('client.projects.hypervisor', { name: hypervisor })
      const adds = [...(name === null ? [] : [on]), ...counts({ servers, networks, routers, ips })].join(' · ')
      return { name: name ?? t('client.projects.noVdc'), adds, cpu: figure(cpu), ram: figure(ramGb), disk: figure(diskGb) }
    }
    case 'server': {
      const { name, hostname, disks, cpu, ramGb, diskGb } = row
      const host = hostname !== null && hostname !== name ? [hostname] : []
      return { name, adds: [...host, count('disks', disks)].join(' · '), cpu: figure(cpu), ram: figure(ramGb), disk: figure(diskGb) }
    }
    case 'disks':
      return {
        ...empty,
        name: t(row.of === 'none' ? 'client.projects.loose' : 'client.projects.unseen'),
        adds: count('disks', row.disks),
        disk: f.num(row.diskGb),
      }
    case 'nets': {
      const { networks, routers, ips } = row
      return { ...empty, name: t('client.projects.net'), adds: counts({ networks, routers, ips }).join(' · ') }
    }
    case 'disk':
      return { ...empty, name: row.name, adds: row.profile ?? '', disk: figure(row.sizeGb) }
    case 'net':
      return { ...empty, name: row.name, adds: t(`client.projects.kind.${row.of}`) }
  }
}
