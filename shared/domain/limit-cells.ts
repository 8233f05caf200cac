import type { LimitType } from './limits'

/** One place of a client's matrix of limits. */
export interface LimitPlace {
  hypervisorId: string
  type: LimitType
}
/** Limits by place. null = the platform has no such row: shown as «not set», which is not 0. */
export type LimitCells = Record<string, number | null>

/** Types have no blanks in their names, ids may have anything. */
export const placeKey = ({ hypervisorId, type }: LimitPlace): string => `${type} ${hypervisorId}`
export const placeOf = (key: string): { hypervisorId: string; type: string } => {
  const blank = key.indexOf(' ')
  return { type: key.slice(0, blank), hypervisorId: key.slice(blank + 1) }
}

const valueAt = (cells: LimitCells, key: string): number | null => (Object.hasOwn(cells, key) ? (cells[key] ?? null) : null)

/** What a platform's rows say of these places. */
export const cellsAt = (
  keys: Iterable<string>,
  rows: readonly { hypervisor: { id: string }; type: string | null; value: number }[],
): LimitCells => {
  const found = new Map(rows.map(({ hypervisor, type, value }) => [`${type ?? ''} ${hypervisor.id}`, value]))
  return Object.fromEntries([...keys].map((key) => [key, found.get(key) ?? null]))
}

/** Whether two readings agree wherever both of them say something. Readings of different places do not contradict each other. */
export const agree = (a: LimitCells, b: LimitCells): boolean => Object.keys(a).every((key) => !Object.hasOwn(b, key) || a[key] === b[key])

/** `base` where the platform has meanwhile become what `seen` says; places that `base` has not are left out. */
export const onto = (base: LimitCells, seen: LimitCells): LimitCells =>
  Object.fromEntries(Object.keys(base).map((key) => [key, Object.hasOwn(seen, key) ? valueAt(seen, key) : valueAt(base, key)]))

/** How a fresh reading relates to a change that was typed on `base`: what is left to write, or where someone else was. */
export type Standing = { kind: 'changed'; keys: string[] } | { kind: 'left'; keys: string[] }
export const compareCells = ({ mine, base, present }: { mine: LimitCells; base: LimitCells | null; present: LimitCells }): Standing => {
  const open = Object.keys(mine).filter((key) => valueAt(present, key) !== mine[key])
  const elsewhere = open.filter((key) => base === null || valueAt(present, key) !== valueAt(base, key))
  return elsewhere.length > 0 ? { kind: 'changed', keys: elsewhere } : { kind: 'left', keys: open }
}
