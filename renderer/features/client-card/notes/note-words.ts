import type { TextKey } from '@renderer/locales'
import type { NoteRow } from '@shared/ipc/notes'

export type AlertMark = 'due' | 'upcoming' | 'done'
/** Where a note's alert stands by the clock on the wall; null without an alert. */
export const alertMark = (note: Pick<NoteRow, 'alertAt' | 'confirmed'>, now: number): AlertMark | null => {
  if (note.alertAt === null) return null
  if (note.confirmed) return 'done'
  return note.alertAt <= now ? 'due' : 'upcoming'
}

export interface PendingWord {
  key: TextKey
  icon: string
  tone: string
  /** Waits for a person: the note links to the outbox. */
  decide: boolean
}
/** What to say about a note's own change that is on its way. */
export const pendingWord = (note: Pick<NoteRow, 'pending'>, offline: boolean): PendingWord | null => {
  switch (note.pending?.state) {
    case undefined:
      return null
    case 'pending':
      return {
        key: offline ? 'notes.pendingOffline' : 'notes.pending',
        icon: 'i-lucide-clock-arrow-up',
        tone: 'text-remote',
        decide: false,
      }
    case 'sending':
    case 'running':
      return { key: 'notes.sending', icon: 'i-lucide-send', tone: 'text-remote', decide: false }
    case 'unknown':
      return { key: 'notes.unknown', icon: 'i-lucide-search-check', tone: 'text-remote', decide: false }
    case 'conflict':
      return { key: 'notes.conflict', icon: 'i-lucide-git-compare', tone: 'text-near', decide: true }
    case 'blocked':
      return { key: 'notes.blocked', icon: 'i-lucide-circle-help', tone: 'text-over', decide: true }
    case 'rejected':
      return { key: 'notes.rejectedPlain', icon: 'i-lucide-circle-x', tone: 'text-over', decide: true }
  }
}

/** The platform's own words in a refusal, where it gave any. */
export const refusalText = (details: Record<string, unknown> | undefined): string => {
  const out: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') out.push(value)
    else if (Array.isArray(value)) value.forEach(walk)
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk)
  }
  walk(details?.['texts'] ?? details?.['fields'])
  return [...new Set(out)].join(' ')
}

/** First letters of the first two words. */
export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0] ?? '')
    .join('')
    .toUpperCase()
