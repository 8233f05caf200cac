import { localDayEnd } from '@shared/domain/local-day'
import type { ClientFilter } from '@shared/ipc/clients'
import type { FilterField } from './query-state'

/** A condition while it is being typed: everything that any field needs, in the form of its controls. */
export interface FilterDraft {
  ids: string[]
  from: string
  to: string
  fromAt: number | null
  toAt: number | null
  limitType: string
  states: string[]
}
export type DraftProblem = 'empty' | 'wrong' | 'notNumber'

export const draftOf = (filter: ClientFilter | null): FilterDraft => {
  const draft: FilterDraft = { ids: [], from: '', to: '', fromAt: null, toAt: null, limitType: 'any', states: ['near', 'reached', 'over'] }
  if (!filter) return draft
  switch (filter.field) {
    case 'partner':
    case 'plan':
    case 'paymentModel':
      return { ...draft, ids: [...filter.ids] }
    case 'balance':
      return { ...draft, from: major(filter.min), to: major(filter.max) }
    case 'projects':
      return { ...draft, from: filter.min === null ? '' : String(filter.min), to: filter.max === null ? '' : String(filter.max) }
    case 'created':
      return { ...draft, fromAt: filter.from, toAt: filter.to }
    case 'limit':
      return { ...draft, limitType: filter.type ?? 'any', states: [...filter.states] }
  }
}
const major = (minor: number | null): string => (minor === null ? '' : String(minor / 100))

/** «−1 000,50» as a person types it; null where it is no number, undefined where nothing is typed. */
export const typedNumber = (text: string): number | null | undefined => {
  const plain = text
    .replace(/[\s\u00a0₽]/g, '')
    .replace(/[−–]/g, '-')
    .replace(',', '.')
  if (plain === '') return undefined
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}

type Checked = { filter: ClientFilter } | { problem: DraftProblem }
const numbers = (draft: FilterDraft, field: 'balance' | 'projects'): Checked => {
  const factor = field === 'balance' ? 100 : 1
  const [from, to] = [typedNumber(draft.from), typedNumber(draft.to)]
  if (from === null || to === null) return { problem: 'notNumber' }
  if (from === undefined && to === undefined) return { problem: 'empty' }
  if (from !== undefined && to !== undefined && from > to) return { problem: 'wrong' }
  const whole = (n: number | undefined): number | null => (n === undefined ? null : Math.round(n * factor))
  return { filter: { field, min: whole(from), max: whole(to) } }
}

/** The finished condition, or what is missing. A day given as the end counts whole. */
export const checkDraft = (field: FilterField, draft: FilterDraft): Checked => {
  switch (field) {
    case 'partner':
    case 'plan':
    case 'paymentModel':
      return draft.ids.length ? { filter: { field, ids: draft.ids } } : { problem: 'empty' }
    case 'balance':
    case 'projects':
      return numbers(draft, field)
    case 'created': {
      if (draft.fromAt === null && draft.toAt === null) return { problem: 'empty' }
      if (draft.fromAt !== null && draft.toAt !== null && draft.fromAt > draft.toAt) return { problem: 'wrong' }
      return { filter: { field, from: draft.fromAt, to: draft.toAt === null ? null : localDayEnd(draft.toAt) } }
    }
    case 'limit': {
      const states = (['ok', 'near', 'reached', 'over'] as const).filter((state) => draft.states.includes(state))
      if (!states.length) return { problem: 'empty' }
      const type = draft.limitType === 'any' ? null : (draft.limitType as NonNullable<Extract<ClientFilter, { field: 'limit' }>['type']>)
      return { filter: { field, type, states } }
    }
  }
}
