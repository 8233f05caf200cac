import type { Moment } from '../cloud'
import { hourOf } from '../../naive-time'
import { UNITS_PER_KOPECK } from '../ledger'
import { addPayment } from '../seed/payments'

interface Debtor {
  readonly n: number
  readonly rate: number
  readonly prepay: number
}

/** Who has run out pays sooner or later: prepaid clients within hours, the others when two months are due. */
const DEBTORS = `SELECT n, rate, prepay FROM contract WHERE rate > 0 AND
  balance - rate * (? - settled) < CASE prepay WHEN 1 THEN 0 ELSE -1440 * rate END`
const HOURS_PER_MONTH = 730

export function payDebts(moment: Moment): void {
  const { cloud, random } = moment
  const hour = hourOf(cloud.clock.now())
  for (const { n, rate, prepay } of cloud.store.sql<[number], Debtor>(DEBTORS).all(hour)) {
    if (!random.chance(prepay === 1 ? 0.35 : 0.04)) continue
    const months = prepay === 1 ? random.int(1, 3) : 2
    const rubles = Math.ceil((rate * HOURS_PER_MONTH * months) / UNITS_PER_KOPECK / 100_000) * 1000
    cloud.ledger.pay(n, rubles * 100)
    addPayment(moment, n, { kind: 'payment', kopecks: rubles * 100 })
  }
}
