import type { Output } from '@shared/ipc/contract'

export type DiskRow = Output<'dashboard', 'summary'>['disks'][number]

const RINGS = ['ssd', 'sas', 'sata'] as const
const REST = ['ip', 'net'] as const
const MEDIUM = /^(?:nvme|ssd|sas|sata|hdd)$/i
const wordsIn = (name: string): string[] => name.split(/\s+/)
const isMedium = (word: string): boolean => word.split(/[^\p{L}\p{N}]+/u).some((part) => MEDIUM.test(part))

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

/**
 * What tells the types apart: a name is read from its medium on; where none names one, the words that all begin with are
 * left out, but never so much that only a word in brackets is left. Names that would become the same stay whole.
 */
export const shortNames = (names: readonly string[]): string[] => {
  const mediums = names.map((name) => fromMedium(name))
  const rest = withoutSameStart(names.filter((_, i) => mediums[i] === null))
  const short = mediums.map((name) => name ?? rest.shift() ?? '')
  return new Set(short).size === new Set(names).size ? short : [...names]
}

const fromMedium = (name: string): string | null => {
  const words = wordsIn(name)
  const place = words.findIndex(isMedium)
  return place < 0 ? null : words.slice(place).join(' ')
}

const withoutSameStart = (names: readonly string[]): string[] => {
  const split = names.map(wordsIn)
  const [first = [], ...others] = split
  let same = 0
  while (others.length > 0 && same < first.length && others.every((words) => words[same] === first[same])) same++
  const bare = split.some((words) => words.length <= same || (words[same] ?? '').startsWith('('))
  return same === 0 || bare ? [...names] : split.map((words) => words.slice(same).join(' '))
}

/** From 10 TB on volumes are read in TB, so that a column of them stays short. */
export const volumeUnit = (totalGb: number): { per: number; unit: 'gb' | 'tb' } =>
  totalGb >= 10_240 ? { per: 1024, unit: 'tb' } : { per: 1, unit: 'gb' }
