import type { Output } from '@shared/ipc/contract'

export type DiskRow = Output<'dashboard', 'summary'>['disks'][number]

const RINGS = ['ssd', 'sas', 'sata'] as const
const REST = ['ip', 'net'] as const

/** One type of disk keeps one colour everywhere: by its name where it says the medium, otherwise by place. */
export const diskColors = (disks: readonly Pick<DiskRow, 'billingClassId' | 'name'>[]): Map<string, string> => {
  const colors = new Map<string, string>()
  let spare = 0
  const taken = new Set<string>()
  for (const disk of disks) {
    const named = RINGS.find((ring) => new RegExp(`(^|[^a-z])${ring}([^a-z]|$)`, 'i').test(disk.name))
    const key = named ?? REST[spare++ % REST.length] ?? 'net'
    // The same medium on a second hypervisor is the same colour, lighter.
    colors.set(disk.billingClassId, taken.has(key) ? `color-mix(in oklab, var(--s-${key}) 55%, var(--c-surface))` : `var(--s-${key})`)
    taken.add(key)
  }
  return colors
}

/** What tells the types apart: the words that all of them begin with are left out where that leaves something of each. */
export const shortNames = (names: readonly string[]): string[] => {
  const split = names.map((name) => name.split(/\s+/))
  const [first = [], ...rest] = split
  let same = 0
  while (rest.length && same < first.length && rest.every((words) => words[same] === first[same])) same++
  if (same === 0 || split.some((words) => words.length <= same)) return [...names]
  return split.map((words) => words.slice(same).join(' '))
}

/** From 10 TB on volumes are read in TB, so that a column of them stays short. */
export const volumeUnit = (totalGb: number): { per: number; unit: 'gb' | 'tb' } =>
  totalGb >= 10_240 ? { per: 1024, unit: 'tb' } : { per: 1, unit: 'gb' }
