import type { Output } from '@shared/ipc/contract'
import type { ProjectsInput, TreeRow } from '@shared/ipc/project-tree'
import { hypervisors, indexOfClient } from './clients'
import { noise, whole } from './random'

type Tree = Pick<Output<'clients', 'projects'>, 'rows' | 'total' | 'totals'>
type Sums = { servers: number; cpu: number; ramGb: number; disks: number; diskGb: number }

const NAMES = ['Производство', 'Тестовый контур', '1С и терминалы']
const nets = { networks: 2, routers: 1, ips: 3 }
const add = (a: Sums, b: Sums): Sums => ({
  servers: a.servers + b.servers,
  cpu: a.cpu + b.cpu,
  ramGb: a.ramGb + b.ramGb,
  disks: a.disks + b.disks,
  diskGb: a.diskGb + b.diskGb,
})
const nothing: Sums = { servers: 0, cpu: 0, ramGb: 0, disks: 0, diskGb: 0 }

const server = (i: number, at: string, s: number, open: boolean): TreeRow => ({
  ...{ kind: 'server', key: `server ${at}-${s}`, level: 3, foldable: true, open },
  ...{ name: `${['app', 'db', 'terminal', 'proxy', 'backup'][s % 5] ?? 'srv'}-${s + 1}`, hostname: `srv${s}.local`, locked: false },
  ...{ cpu: whole(1, 16, i, s), ramGb: whole(2, 64, i, s, 1), power: noise(i, s, 7) > 0.2, disks: 2, diskGb: 200 },
})
const disks = (at: string): TreeRow[] =>
  [['root', 60, 'SSD'] as const, ['data', 140, 'SATA'] as const].map(([name, sizeGb, profile]) => ({
    ...{ kind: 'disk' as const, key: `disk ${at}-${name}`, level: 4, foldable: false, open: false },
    ...{ name, sizeGb, profile },
  }))

/** The tree of one client, a window of it, as the program would answer. */
export const fakeTree = ({ clientId, text, folds, offset, limit }: ProjectsInput): Tree => {
  const i = indexOfClient(clientId ?? '')
  const turned = new Set(folds.turned)
  const isOpen = (key: string, usually: boolean): boolean => (folds.base === 'usual' ? usually : folds.base === 'open') !== turned.has(key)
  const rows: TreeRow[] = []
  let sum = nothing
  let vdcs = 0
  const projects = whole(1, 3, i, 12)
  for (let p = 0; p < projects; p++) {
    const inside: TreeRow[] = []
    let own = nothing
    const used = hypervisors.slice(0, 1 + (p % 2))
    for (const hv of used) {
      const at = `${i}-${p}-${hv.id}`
      const servers = Array.from({ length: whole(1, 5, i, p, 3) }, (_, s) => server(i, at, s, isOpen(`server ${at}-${s}`, false)))
      const held = servers.reduce<Sums>(
        (all, one) =>
          one.kind === 'server' ? add(all, { servers: 1, cpu: one.cpu ?? 0, ramGb: one.ramGb ?? 0, disks: 2, diskGb: 200 }) : all,
        nothing,
      )
      own = add(own, held)
      const open = isOpen(`vdc ${at}`, true)
      inside.push({
        kind: 'vdc',
        key: `vdc ${at}`,
        level: 2,
        foldable: true,
        open,
        name: `ВЦОД ${hv.name}`,
        hypervisor: hv.name,
        ...held,
        ...nets,
      })
      if (open) inside.push(...servers.flatMap((one) => (one.open ? [one, ...disks(one.key)] : [one])))
    }
    const open = isOpen(`project ${p}`, true)
    rows.push({
      kind: 'project',
      key: `project ${p}`,
      level: 1,
      foldable: true,
      open,
      name: NAMES[p] ?? '',
      locked: false,
      vdcs: used.length,
      ...own,
    })
    if (open) rows.push(...inside)
    sum = add(sum, own)
    vdcs += used.length
  }
  const found = text ? rows.filter((row) => 'name' in row && row.name?.toLowerCase().includes(text.toLowerCase())) : rows
  const totals = { projects, vdcs, ...sum, networks: vdcs * nets.networks, routers: vdcs, ips: vdcs * nets.ips }
  return { rows: found.slice(offset, offset + limit), total: found.length, totals }
}
