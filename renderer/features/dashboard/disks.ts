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
    const key = named && !taken.has(named) ? named : (REST[spare++ % REST.length] ?? 'net')
    taken.add(key)
    colors.set(disk.billingClassId, `var(--s-${key})`)
  }
  return colors
}

/** From 10 TB on volumes are read in TB, so that a column of them stays short. */
export const volumeUnit = (totalGb: number): { per: number; unit: 'gb' | 'tb' } => (totalGb >= 10_240 ? { per: 1024, unit: 'tb' } : { per: 1, unit: 'gb' })
