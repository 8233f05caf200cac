import type { OutboxRow } from '@shared/ipc/outbox'

export type Field = OutboxRow['fields'][number]
export type Side = 'mine' | 'theirs'
export type Changed = 'same' | 'mine' | 'theirs' | 'both'
/** By the field's key; null = undecided. */
export type Picks = Record<string, Side | null>
type Reviewed = Pick<OutboxRow, 'fields' | 'known'>

/** Who changed a field since the base. Both sides at the same value is no difference. */
export const changedBy = ({ known }: Pick<Reviewed, 'known'>, { base, mine, theirs }: Field): Changed => {
  if (mine === theirs) return 'same'
  if (known.base && mine === base) return 'theirs'
  return known.base && theirs === base ? 'mine' : 'both'
}

/** One-sided changes are chosen already; only what both sides changed asks. */
export const startPicks = (row: Reviewed): Picks => {
  const pick = (field: Field): Side | null => {
    const by = changedBy(row, field)
    return by === 'both' ? null : by === 'mine' ? 'mine' : 'theirs'
  }
  return Object.fromEntries(row.fields.map((field) => [field.key, pick(field)]))
}

export interface Decision {
  keep: Side
  /** Keys of the fields that are taken from the platform where mine is sent. */
  theirs: string[]
}

/** What to tell the program; null while a field is undecided. */
export const decide = (row: Reviewed, picks: Picks): Decision | null => {
  if (!row.known.theirs) return null
  const open = row.fields.filter((field) => changedBy(row, field) !== 'same').map(({ key }) => key)
  if (open.some((key) => (picks[key] ?? null) === null)) return null
  const theirs = open.filter((key) => picks[key] === 'theirs')
  return theirs.length === open.length ? { keep: 'theirs', theirs: [] } : { keep: 'mine', theirs }
}

/** How many fields would be sent. */
export const toSend = (row: Reviewed, picks: Picks): number =>
  row.fields.filter((field) => picks[field.key] === 'mine' && changedBy(row, field) !== 'same').length
