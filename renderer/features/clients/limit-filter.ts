import type { AnyFilter } from '@shared/domain/list-spec'
import { limitTypes, usageStates } from '@shared/domain/limits'
import type { LimitFilter } from '@shared/ipc/clients'
import type { Translate } from '@renderer/locales'

/** The one condition that only clients have. The list carries it with the others and never looks inside. */
export const asLimit = (filter: AnyFilter): LimitFilter => filter as unknown as LimitFilter
export const fromLimit = (filter: LimitFilter): AnyFilter => filter as unknown as AnyFilter

const read = (text: string): AnyFilter | null => {
  const [type = '', list = ''] = text.split(':')
  const states = usageStates.filter((state) => list.split(',').includes(state))
  const known = limitTypes.find((one) => one === type) ?? null
  if (!states.length || (type !== 'any' && known === null)) return null
  return fromLimit({ field: 'limit', type: known, states })
}
const write = (filter: AnyFilter): string => `${asLimit(filter).type ?? 'any'}:${asLimit(filter).states.join(',')}`

export const limitFilter = (t: Translate) => ({
  read,
  write,
  words: (filter: AnyFilter): string => {
    const { type, states } = asLimit(filter)
    const named = type === null ? '' : ` ${t(`units.limit.${type}`)}`
    return `${t('clients.filter.limit')}${named}: ${states.map((state) => t(`states.${state}`)).join(', ')}`
  },
  /** Limits of different types stand side by side. */
  same: (a: AnyFilter, b: AnyFilter): boolean => a.field === b.field && asLimit(a).type === asLimit(b).type,
})
