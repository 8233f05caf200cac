import type { TextKey } from '@renderer/locales'
import type { OutboxRow } from '@shared/ipc/outbox'

export const kindKey = (row: Pick<OutboxRow, 'kind'>): TextKey =>
  row.kind === 'note.create' ? 'outbox.kind.create' : row.kind === 'note.update' ? 'outbox.kind.update' : 'outbox.kind.confirm'

const looks: Record<OutboxRow['state'], { icon: string; tone: string }> = {
  conflict: { icon: 'i-lucide-git-compare', tone: 'text-near' },
  blocked: { icon: 'i-lucide-circle-help', tone: 'text-over' },
  rejected: { icon: 'i-lucide-circle-x', tone: 'text-over' },
  unknown: { icon: 'i-lucide-search-check', tone: 'text-remote' },
  pending: { icon: 'i-lucide-clock', tone: 'text-ink-3' },
  sending: { icon: 'i-lucide-loader-circle', tone: 'text-accent' },
  running: { icon: 'i-lucide-loader-circle', tone: 'text-accent' },
}
export const stateLook = (row: Pick<OutboxRow, 'state'>, offline: boolean): { icon: string; tone: string; word: TextKey } => ({
  ...looks[row.state],
  word: row.state === 'pending' && offline ? 'outbox.state.offline' : `outbox.state.${row.state}`,
})

/** The change was on the platform, and another write followed at once. */
export const isOverwritten = (row: Pick<OutboxRow, 'error'>): boolean => row.error?.details['reason'] === 'overwritten'

/** Until when nothing can be looked up; null = now. */
export const settlesAt = (row: Pick<OutboxRow, 'state' | 'settlesAt'>, now: number): number | null =>
  row.state === 'unknown' && row.settlesAt !== null && row.settlesAt > now ? row.settlesAt : null

/** What happened, what is safe, what to do: the paragraph above a command. */
export const leadKey = (row: Pick<OutboxRow, 'state' | 'theirs' | 'error'>, offline: boolean): TextKey => {
  switch (row.state) {
    case 'conflict':
      if (isOverwritten(row)) return 'outbox.overwrittenLead'
      return row.theirs ? 'outbox.conflictLead' : 'outbox.goneLead'
    case 'blocked':
      return 'outbox.blockedLead'
    case 'rejected':
      return 'outbox.rejectedLead'
    case 'sending':
      return 'outbox.sendingLead'
    case 'running':
      return 'outbox.runningLead'
    case 'unknown':
      return 'outbox.unknownLead'
    case 'pending':
      return offline ? 'outbox.pendingOfflineLead' : 'outbox.pendingLead'
  }
}

/** The platform's own words in a refusal, where it gave any. */
export const refusal = (row: Pick<OutboxRow, 'error'>): string => {
  const out: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') out.push(value)
    else if (Array.isArray(value)) value.forEach(walk)
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk)
  }
  walk(row.error?.details['texts'] ?? row.error?.details['fields'])
  return [...new Set(out)].join(' ')
}
