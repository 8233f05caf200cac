import type { AlertRow } from '@shared/ipc/notes'

export type GroupKey = 'due' | 'today' | 'upcoming'
export interface AlertGroup {
  key: GroupKey
  rows: AlertRow[]
}

/** Midnight at the end of the person's own day. */
const dayEnd = (now: number): number => {
  const date = new Date(now)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime()
}

/**
 * Due first, then what is left of today, then the rest; inside a group by moment. A row becomes due by the clock on
 * the wall, even before the program says so.
 */
export const groupAlerts = (rows: readonly AlertRow[], now: number): AlertGroup[] => {
  const end = dayEnd(now)
  const groups: Record<GroupKey, AlertRow[]> = { due: [], today: [], upcoming: [] }
  for (const row of [...rows].sort((a, b) => a.dueAt - b.dueAt)) {
    groups[row.dueAt <= now ? 'due' : row.dueAt < end ? 'today' : 'upcoming'].push(row)
  }
  return (['due', 'today', 'upcoming'] as const).map((key) => ({ key, rows: groups[key] }))
}

export const alertKey = (row: AlertRow): string => `${row.note.connectionId}/${row.note.id}`

/** The row to stand on after one has left the list: the next, or the one before the end. */
export const neighbour = (keys: readonly string[], gone: string): string | null => {
  const at = keys.indexOf(gone)
  return at < 0 ? (keys[0] ?? null) : (keys[at + 1] ?? keys[at - 1] ?? null)
}
