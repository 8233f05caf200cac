import type { AnyFilter, FilterSpec } from '@shared/domain/list-spec'
import { localDayEnd } from '@shared/domain/time'

/** A condition while it is being typed: everything that any kind needs, in the form of its controls. */
export interface FilterDraft {
  ids: string[]
  from: string
  to: string
  fromAt: number | null
  toAt: number | null
  text: string
}
export type DraftProblem = 'empty' | 'emptyText' | 'wrong' | 'notNumber'

export const draftOf = (filter: AnyFilter | null, kind: FilterSpec['kind']): FilterDraft => {
  const draft: FilterDraft = { ids: [], from: '', to: '', fromAt: null, toAt: null, text: '' }
  if (!filter) return draft
  if ('ids' in filter) return { ...draft, ids: [...filter.ids] }
  if ('text' in filter) return { ...draft, text: filter.text }
  if ('from' in filter) return { ...draft, fromAt: filter.from, toAt: filter.to }
  const shown = (n: number | null): string => (n === null ? '' : String(kind === 'money' ? n / 100 : n))
  return { ...draft, from: shown(filter.min), to: shown(filter.max) }
}

/** «−1 000,50» as a person types it; null where it is no number, undefined where nothing is typed. */
export const typedNumber = (text: string): number | null | undefined => {
  const plain = text
    .replace(/[\s\u00a0₽]/g, '')
    .replace(/[−–]/g, '-')
    .replace(',', '.')
  if (plain === '') return undefined
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}

type Checked = { filter: AnyFilter } | { problem: DraftProblem }
const numbers = (field: string, draft: FilterDraft, factor: 1 | 100): Checked => {
  const [from, to] = [typedNumber(draft.from), typedNumber(draft.to)]
  if (from === null || to === null) return { problem: 'notNumber' }
  if (from === undefined && to === undefined) return { problem: 'empty' }
  if (from !== undefined && to !== undefined && from > to) return { problem: 'wrong' }
  const whole = (n: number | undefined): number | null => (n === undefined ? null : Math.round(n * factor))
  return { filter: { field, min: whole(from), max: whole(to) } }
}
const days = (field: string, { fromAt, toAt }: FilterDraft): Checked => {
  if (fromAt === null && toAt === null) return { problem: 'empty' }
  if (fromAt !== null && toAt !== null && fromAt > toAt) return { problem: 'wrong' }
  return { filter: { field, from: fromAt, to: toAt === null ? null : localDayEnd(toAt) } }
}

/** The finished condition, or what is missing. A day given as the end counts whole. */
export const checkDraft = (field: string, kind: Exclude<FilterSpec['kind'], 'own'>, draft: FilterDraft): Checked => {
  switch (kind) {
    case 'choice':
      return draft.ids.length ? { filter: { field, ids: draft.ids } } : { problem: 'empty' }
    case 'money':
      return numbers(field, draft, 100)
    case 'number':
      return numbers(field, draft, 1)
    case 'days':
      return days(field, draft)
    case 'text':
      return draft.text.trim() ? { filter: { field, text: draft.text.trim() } } : { problem: 'emptyText' }
  }
}
