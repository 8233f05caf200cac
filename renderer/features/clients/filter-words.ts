import type { Translate } from '@renderer/locales'
import type { Format } from '@renderer/ui/format'
import type { ClientFilter } from '@shared/ipc/clients'
import { shortId } from '@shared/domain/names'
import { paymentKey } from './use-columns'

/** Names of partners and plans by their ids, as far as they are known. */
export interface FilterNames {
  partner: ReadonlyMap<string, string>
  plan: ReadonlyMap<string, string>
}

/** «Партнер: Северный ЦОД», «Баланс: от −1 000 ₽»: a condition in a chip's words. */
export const filterWords = (filter: ClientFilter, known: FilterNames, say: { t: Translate; f: Format }): string => {
  const { t, f } = say
  const names = (all: string[]): string => {
    const [first = '', ...rest] = all
    return rest.length ? t('clients.filter.many', { first, n: f.num(rest.length) }) : first
  }
  const range = (from: string | null, to: string | null): string => {
    if (from !== null && to !== null) return `${from} – ${to}`
    return from !== null ? `${t('clients.filter.from').toLowerCase()} ${from}` : `${t('clients.filter.to').toLowerCase()} ${to ?? ''}`
  }
  const head = t(`clients.filter.${filter.field}`)
  switch (filter.field) {
    case 'partner':
    case 'plan': {
      const { [filter.field]: called } = known
      return `${head}: ${names(filter.ids.map((id) => called.get(id) ?? shortId(id)))}`
    }
    case 'paymentModel':
      return `${head}: ${names(filter.ids.map((id) => paymentLabel(id, t)))}`
    case 'balance': {
      const money = (minor: number | null): string | null => (minor === null ? null : f.num(minor / 100))
      return `${head}: ${range(money(filter.min), money(filter.max))}`
    }
    case 'created': {
      const day = (at: number | null): string | null => (at === null ? null : f.dateShort(at))
      return `${head}: ${range(day(filter.from), day(filter.to))}`
    }
    case 'projects':
      return `${head}: ${range(filter.min === null ? null : f.num(filter.min), filter.max === null ? null : f.num(filter.max))}`
    case 'limit': {
      const type = filter.type === null ? '' : ` ${t(`units.limit.${filter.type}`)}`
      return `${head}${type}: ${filter.states.map((state) => t(`states.${state}`)).join(', ')}`
    }
  }
}

export const paymentLabel = (code: string, t: Translate): string => {
  const key = paymentKey(code)
  return key ? t(key) : code
}
