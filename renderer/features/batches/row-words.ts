import { useText } from '@renderer/locales'
import { useErrorWords } from '@renderer/locales/error-words'
import { useFormat, useUi } from '@renderer/ui/context'
import { limitTypes, type LimitType } from '@shared/domain/limits'
import type { BatchRow } from '@shared/ipc/batches'

type Field = BatchRow['fields'][number]
export type Verb = 'change' | 'check' | 'retry' | 'mine' | 'theirs'

const looks = {
  held: { icon: 'i-lucide-clock', tone: 'text-ink-3' },
  pending: { icon: 'i-lucide-clock', tone: 'text-ink-3' },
  tried: { icon: 'i-lucide-rotate-cw', tone: 'text-ink-2' },
  sending: { icon: 'i-lucide-loader-circle', tone: 'text-accent' },
  running: { icon: 'i-lucide-loader-circle', tone: 'text-accent' },
  unknown: { icon: 'i-lucide-circle-help', tone: 'text-near' },
  conflict: { icon: 'i-lucide-git-compare', tone: 'text-near' },
  blocked: { icon: 'i-lucide-circle-help', tone: 'text-over' },
  rejected: { icon: 'i-lucide-circle-alert', tone: 'text-over' },
  failed: { icon: 'i-lucide-circle-x', tone: 'text-over' },
  done: { icon: 'i-lucide-check', tone: 'text-ink-2' },
  dropped: { icon: 'i-lucide-ban', tone: 'text-ink-3' },
} as const
type Look = keyof typeof looks

/** Refused by the platform's own rule, which another value may meet; or failed, which the same value may overcome. */
const isRefusal = ({ error }: BatchRow): boolean => error?.code === 'rejected' && error.details['reason'] === undefined

export const placeOfKey = (key: string): { type: LimitType; hypervisorId: string } | null => {
  const type = limitTypes.find((one) => key.startsWith(`${one} `))
  return type ? { type, hypervisorId: key.slice(type.length + 1) } : null
}

/** What a command of a batch says about itself, and what a person may do about it. */
export const useRowWords = () => {
  const t = useText()
  const f = useFormat()
  const ui = useUi()
  const errors = useErrorWords()
  const lookOf = (row: BatchRow): Look => {
    if (row.state === 'pending') return row.held ? 'held' : row.error ? 'tried' : 'pending'
    return row.state === 'rejected' && !isRefusal(row) ? 'failed' : row.state
  }
  const value = (field: Field, side: 'base' | 'mine' | 'theirs'): string => {
    const found = field[side]
    return found === null ? t('batch.notSet') : typeof found === 'number' ? f.num(found) : String(found)
  }
  const refused = (row: BatchRow): string => {
    const said = row.error && errors(row.error)
    if (!said) return t('batch.what.rejectedPlain')
    if (!isRefusal(row)) return `${said.title}. ${said.todo}`
    return said.theirs === '' ? t('batch.what.rejectedPlain') : t('batch.what.rejected', { text: said.theirs })
  }
  const tried = (row: BatchRow): string => {
    const why = row.error ? `${errors(row.error).title}.` : ''
    return row.nextTryAt === null
      ? t('batch.what.triedSoon', { why })
      : t('batch.what.tried', { why, at: f.moment(row.nextTryAt, ui.now.value) })
  }
  const settles = (row: BatchRow): string | null =>
    row.state === 'unknown' && row.settlesAt !== null && row.settlesAt > ui.now.value ? f.moment(row.settlesAt, ui.now.value) : null

  return {
    look: (row: BatchRow) => ({ ...looks[lookOf(row)], word: t(`batch.state.${lookOf(row)}`) }),
    value,
    name: (field: Field): string => {
      const place = placeOfKey(field.key)
      return place ? `${t(`units.limit.${place.type}`)}, ${field.label ?? ''}` : (field.label ?? field.key)
    },
    settles,
    what: (row: BatchRow): string => {
      switch (row.state) {
        case 'conflict':
          if (!row.known.theirs) return t('batch.what.gone')
          return t('batch.what.conflict', { theirs: row.fields.map((field) => value(field, 'theirs')).join(', ') })
        case 'blocked':
          return t('batch.what.blocked')
        case 'unknown': {
          const at = settles(row)
          return at === null ? t('batch.what.unknown') : t('batch.what.settles', { at })
        }
        case 'rejected':
          return refused(row)
        case 'pending':
          return row.error && !row.held ? tried(row) : ''
        default:
          return ''
      }
    },
    verbs: (row: BatchRow): Verb[] => {
      if (row.state === 'conflict') return row.known.theirs ? ['mine', 'theirs'] : []
      if (row.state === 'unknown') return ['check']
      if (row.state === 'blocked') return ['retry']
      if (row.state !== 'rejected') return []
      const limits = row.fields.every(({ key }) => placeOfKey(key) !== null)
      return isRefusal(row) && limits ? ['change'] : ['retry']
    },
  }
}
