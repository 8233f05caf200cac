import { placeKey, type LimitCells, type LimitPlace } from './limit-cells'
import { limitTypes } from './limits'

/** What was typed into a cell. */
export type TypedLimit = { kind: 'value'; value: number } | { kind: 'none' } | { kind: 'wrong'; why: TypedFault }
export const typedFaults = ['not-a-number', 'not-whole', 'negative', 'too-large'] as const
export type TypedFault = (typeof typedFaults)[number]

/** Limits are whole pieces, cores and gigabytes; more than this no platform counts. */
export const MOST_LIMIT = 2_147_483_647

/** Blanks of any kind may part the thousands. An empty cell means «no such limit», never 0. */
export const parseLimit = (text: string): TypedLimit => {
  const bare = text.replace(/[\s\u00a0\u202f']/g, '').replace(/^\u2212/, '-')
  if (bare === '') return { kind: 'none' }
  if (!/^[+-]?\d+([.,]\d+)?$/.test(bare)) return { kind: 'wrong', why: 'not-a-number' }
  if (bare.startsWith('-') && !/^-0+$/.test(bare)) return { kind: 'wrong', why: 'negative' }
  if (/[.,]/.test(bare)) return { kind: 'wrong', why: 'not-whole' }
  const value = Math.abs(Number(bare))
  return value > MOST_LIMIT ? { kind: 'wrong', why: 'too-large' } : { kind: 'value', value }
}

/** What the partner has itself at one place, and how much of it is given to clients. */
export interface PartnerRoom {
  limit: number | null
  /** Sum of the clients' limits; null while not all of them were read: a part is no sum. */
  given: number | null
}
export const roomOf = ({ limit, given }: PartnerRoom): number | null => (limit === null || given === null ? null : limit - given)

export type LimitWarning =
  | { kind: 'below-use'; use: number }
  /** The client would get more than the partner has: the platform refuses that. */
  | { kind: 'above-partner'; limit: number }
  /** The clients together would get more than the partner has: the platform takes it, and the last of them finds nothing left. */
  | { kind: 'above-room'; room: number }

/** What to think of before a value is saved. `was` is what the platform has now. Nothing of it forbids saving. */
export const limitWarnings = (
  { was, use, room }: { was: number | null; use: number | null; room: PartnerRoom | null },
  value: number | null,
): LimitWarning[] => {
  if (value === null) return []
  const found: LimitWarning[] = []
  if (use !== null && value < use) found.push({ kind: 'below-use', use })
  const left = room && roomOf(room)
  if (room !== null && room.limit !== null && value > room.limit) found.push({ kind: 'above-partner', limit: room.limit })
  else if (left !== null && value > (was ?? 0) && value - (was ?? 0) > left) found.push({ kind: 'above-room', room: left })
  return found
}

export interface LimitDifference extends LimitPlace {
  key: string
  now: number | null
  then: number
}
/** What `wanted` would change of `now`, in the order of the table: by hypervisor, then by type. */
export const differences = (
  now: LimitCells,
  wanted: LimitCells,
  hypervisorIds: readonly string[],
): { rows: LimitDifference[]; same: number } => {
  const places = hypervisorIds.flatMap((hypervisorId) => limitTypes.map((type) => ({ hypervisorId, type })))
  const asked = places.map((place) => ({ ...place, key: placeKey(place) })).filter(({ key }) => typeof wanted[key] === 'number')
  const rows = asked.map((place) => ({ ...place, now: now[place.key] ?? null, then: wanted[place.key] as number }))
  const changed = rows.filter((row) => row.now !== row.then)
  return { rows: changed, same: rows.length - changed.length }
}

/** A draft with one more place changed; one that is as saved again is no change. */
export const withDraft = (draft: LimitCells, saved: LimitCells, key: string, value: number | null): LimitCells => {
  const { [key]: _, ...others } = draft
  return value === (saved[key] ?? null) ? others : { ...others, [key]: value }
}

export interface DraftCounts {
  all: number
  changed: number
  added: number
  removed: number
}
export const draftCounts = (draft: LimitCells, saved: LimitCells): DraftCounts => {
  const keys = Object.keys(draft)
  const removed = keys.filter((key) => draft[key] === null).length
  const added = keys.filter((key) => draft[key] !== null && (saved[key] ?? null) === null).length
  return { all: keys.length, changed: keys.length - removed - added, added, removed }
}
