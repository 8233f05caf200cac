import { useText, type TextKey, type Translate } from '@renderer/locales'
import { useFormat, useUi } from '@renderer/ui/context'
import type { CommandField, FieldValue } from '@shared/domain/commands'
import type { OutboxRow } from '@shared/ipc/outbox'
import { limitTypes, limitUnits, type LimitType } from '@shared/domain/limits'
import { powerOrders } from '@shared/domain/codes'
import { computed } from 'vue'

/** Words for the kinds of command and their fields. A kind that has none here is shown as a change, by its fields. */
const kinds: Readonly<Record<string, TextKey>> = {
  'note.create': 'outbox.kind.note.create',
  'note.update': 'outbox.kind.note.update',
  'note.confirm': 'outbox.kind.note.confirm',
  'note.delete': 'outbox.kind.note.delete',
  'limits.set': 'outbox.kind.limits.set',
  'server.power': 'outbox.kind.server.power',
}
const fields: Readonly<Record<string, TextKey>> = {
  text: 'outbox.field.text',
  alertAt: 'outbox.field.alertAt',
  confirmed: 'outbox.field.confirmed',
  order: 'outbox.field.order',
  power: 'outbox.field.power',
}
export const kindKey = ({ kind }: Pick<OutboxRow, 'kind'>): TextKey => kinds[kind] ?? 'outbox.kind.other'
/** A limit is named by its type and hypervisor. */
const limitType = (key: string): LimitType | undefined => limitTypes.find((type) => key.startsWith(`${type} `))

/** The platform's own name of a field stands before ours. */
export const fieldName = ({ key, label }: Pick<CommandField, 'key' | 'label'>, t: Translate): string => {
  const type = limitType(key)
  if (type !== undefined && label !== null) return `${t(`units.limit.${type}`)}, ${label}`
  const known = Object.hasOwn(fields, key) ? fields[key] : undefined
  return label ?? (known ? t(known) : key)
}

export interface ValueWords {
  none: string
  empty: string
  yes: string
  no: string
  num: (value: number) => string
  moment: (at: number) => string
}
/** A value of a field, by its kind. */
export const valueWords = ({ kind, unit }: Pick<CommandField, 'kind' | 'unit'>, value: FieldValue, say: ValueWords): string => {
  switch (kind) {
    case 'text':
      return value === null || value === '' ? say.empty : String(value)
    case 'flag':
      return value === null ? say.none : value === true ? say.yes : say.no
    case 'moment':
      return typeof value === 'number' ? say.moment(value) : say.none
    case 'number':
      return value === null ? say.none : `${say.num(Number(value))}${unit === null ? '' : ` ${unit}`}`
  }
}
export const useFieldWords = () => {
  const t = useText()
  const f = useFormat()
  const ui = useUi()
  const words = computed<ValueWords>(() => ({
    none: t('outbox.value.none'),
    empty: t('outbox.value.empty'),
    yes: t('outbox.value.yes'),
    no: t('outbox.value.no'),
    num: (value) => f.num(value),
    moment: (at) => f.moment(at, ui.now.value),
  }))
  const name = (field: CommandField): string => fieldName(field, t)
  const value = (field: CommandField, side: 'base' | 'mine' | 'theirs'): string => {
    const type = limitType(field.key)
    if (type === undefined) {
      const order = field.key === 'order' ? powerOrders.find((one) => one === field[side]) : undefined
      return order ? t(`servers.order.${order}`) : valueWords(field, field[side], words.value)
    }
    // Of a limit «none» is that the platform has no such row.
    return valueWords({ ...field, unit: t(`units.${limitUnits[type]}`) }, field[side], { ...words.value, none: t('limits.notSet') })
  }
  return {
    name,
    value,
    /** A command in one line. */
    line: (row: Pick<OutboxRow, 'fields' | 'words'>): string => {
      if (row.fields.length > 0 && row.fields.every(({ key }) => limitType(key) !== undefined))
        return row.fields.map((field) => `${name(field)}: ${value(field, 'mine')}`).join('; ')
      const order = row.fields.find(({ key }) => key === 'order')
      return order ? row.words.replace(/^\w+/, value(order, 'mine')) : row.words
    },
  }
}

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

/** It comes from a backup that took the file's place: it may have been carried out since. `looked`: it was looked for, and is not there. */
export const isRestored = (row: Pick<OutboxRow, 'state' | 'error' | 'lastSentAt'>): 'looked' | 'to-look' | null => {
  if (row.state === 'blocked' && row.error?.details['reason'] === 'restored') return 'looked'
  return row.state === 'unknown' && row.lastSentAt === null ? 'to-look' : null
}

/** Until when nothing can be looked up; null = now. */
export const settlesAt = (row: Pick<OutboxRow, 'state' | 'settlesAt'>, now: number): number | null =>
  row.state === 'unknown' && row.settlesAt !== null && row.settlesAt > now ? row.settlesAt : null

/** What happened, what is safe, what to do: the paragraph above a command. */
export const leadKey = (row: Pick<OutboxRow, 'state' | 'known' | 'error' | 'live' | 'lastSentAt'>, offline: boolean): TextKey => {
  switch (row.state) {
    case 'conflict':
      if (isOverwritten(row)) return 'outbox.overwrittenLead'
      return row.known.theirs ? 'outbox.conflictLead' : 'outbox.goneLead'
    case 'blocked':
      return isRestored(row) ? 'outbox.restoredLead' : 'outbox.blockedLead'
    case 'rejected':
      return row.live ? 'outbox.rejectedLiveLead' : 'outbox.rejectedLead'
    case 'sending':
      return 'outbox.sendingLead'
    case 'running':
      return 'outbox.runningLead'
    case 'unknown':
      return isRestored(row) ? 'outbox.restoredLookLead' : 'outbox.unknownLead'
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
