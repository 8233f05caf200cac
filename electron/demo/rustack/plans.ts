import { seededRandom } from '../random'
import { SERVICES } from './nomenclature'

export type Period = 'minute' | 'hour' | 'day' | 'month' | 'year'
export interface PlanItem {
  readonly id: string
  readonly service: string
  /** Ten-thousandths of a ruble per unit and period, so that prices stay whole numbers. */
  readonly price: number
  readonly period: Period
  readonly calendar: boolean
}
export interface Plan {
  readonly id: string
  readonly name: string
  /** Days before the base moment. */
  readonly age: number
  readonly items: readonly PlanItem[]
}

const NAMES = [
  ['Базовый', 1, 900],
  ['Стандарт', 0.95, 820],
  ['Корпоративный', 0.82, 700],
  ['Для малого бизнеса', 1.1, 640],
  ['Партнёрский', 0.75, 560],
  ['Промышленный', 0.88, 430],
  ['Облако для 1С', 1.05, 380],
  ['Государственные заказчики', 0.97, 300],
  ['Стартап', 0.6, 210],
  ['Тариф для пользователя', 1.2, 120],
  ['Архивный 2022', 0.9, 880],
  ['Пилот (30 дней)', 0, 60],
] as const
/** Every tenth plan charges by the hour, as some providers do; licences are always monthly. */
const PERIODS: readonly Period[] = ['day', 'day', 'day', 'hour', 'day', 'day', 'month', 'day', 'day', 'day', 'year', 'minute']
const PER_DAY = { minute: 1440, hour: 24, day: 1, month: 12 / 365, year: 1 / 365 } as const

function priceOf(perDay: number, period: Period): number {
  return Math.round((perDay * 10_000) / PER_DAY[period])
}

export function buildPlans(seed: number): readonly Plan[] {
  const random = seededRandom(seed, 'plans')
  return NAMES.map(([name, factor, age], at) => ({
    id: random.uuid(),
    name,
    age,
    items: SERVICES.map((service) => {
      const free = service.perDay * factor === 0
      const period = free ? 'minute' : service.sku_mask.endsWith('-M') ? 'month' : PERIODS[at]!
      return {
        id: random.uuid(),
        service: service.id,
        price: priceOf(service.perDay * factor, period),
        period,
        calendar: !free && period !== 'minute',
      }
    }),
  }))
}

/** `3.0000000`: seven decimals, as the panel shows prices. */
export const priceText = (price: number) => `${Math.floor(price / 10_000)}.${String(price % 10_000).padStart(4, '0')}000`

export type Rates = ReadonlyMap<string, number>

/** Ten-thousandths of a ruble per unit and day, for the usage figures and the balances. */
export function dailyRates(plan: Plan): Rates {
  return new Map(plan.items.map((item) => [item.service, Math.round(item.price * PER_DAY[item.period])]))
}
