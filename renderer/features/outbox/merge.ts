import type { NoteFields, OutboxRow } from '@shared/ipc/outbox'
import type { z } from 'zod'

export type Fields = z.infer<typeof NoteFields>
export type FieldKey = keyof Fields
export type Side = 'mine' | 'theirs'
export type Changed = 'same' | 'mine' | 'theirs' | 'both'
export type Picks = Record<FieldKey, Side | null>

export const fieldKeys = ['text', 'alertAt', 'confirmed'] as const satisfies readonly FieldKey[]

/** Who changed a field since the base. Both sides at the same value is no difference. */
export const changedBy = (row: Pick<OutboxRow, 'base' | 'mine' | 'theirs'>, key: FieldKey): Changed => {
  const mine = row.mine[key]
  const theirs = row.theirs?.[key]
  if (mine === theirs) return 'same'
  if (row.base && mine === row.base[key]) return 'theirs'
  return row.base && theirs === row.base[key] ? 'mine' : 'both'
}

/** One-sided changes are chosen already; only what both sides changed asks. */
export const startPicks = (row: Pick<OutboxRow, 'base' | 'mine' | 'theirs'>): Picks => {
  const pick = (key: FieldKey): Side | null => {
    const by = changedBy(row, key)
    return by === 'both' ? null : by === 'mine' ? 'mine' : 'theirs'
  }
  return { text: pick('text'), alertAt: pick('alertAt'), confirmed: pick('confirmed') }
}

export interface Decision {
  keep: Side
  merged: Fields | null
}

/** What to tell the program; null while a field is undecided. */
export const decide = (row: Pick<OutboxRow, 'base' | 'mine' | 'theirs'>, picks: Picks): Decision | null => {
  const { theirs } = row
  if (!theirs) return null
  const open = fieldKeys.filter((key) => changedBy(row, key) !== 'same')
  if (open.some((key) => picks[key] === null)) return null
  if (open.every((key) => picks[key] === 'theirs')) return { keep: 'theirs', merged: null }
  if (open.every((key) => picks[key] === 'mine')) return { keep: 'mine', merged: null }
  const from = (key: FieldKey): Fields => (picks[key] === 'mine' ? row.mine : theirs)
  return {
    keep: 'mine',
    merged: { text: from('text').text, alertAt: from('alertAt').alertAt, confirmed: from('confirmed').confirmed },
  }
}

/** How many fields would be sent. */
export const toSend = (row: Pick<OutboxRow, 'base' | 'mine' | 'theirs'>, picks: Picks): number =>
  fieldKeys.filter((key) => picks[key] === 'mine' && changedBy(row, key) !== 'same').length
