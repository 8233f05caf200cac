import { DAY_MS } from '../../naive-time'
import { seededRandom, type Random } from '../../random'
import type { Cloud, Moment } from '../cloud'
import { wire } from '../profile'
import { bodyOf } from '../rows'

export interface PaymentFacts {
  /** A number to the platform. */
  readonly id: number
  readonly at: number
  readonly kind: 'payment' | 'correction'
  readonly kopecks: number
  readonly contract: { readonly id: string; readonly name: string }
  readonly cn: number
  readonly settled: boolean
}

const MONTH = 30 * DAY_MS
/** What a client has paid before has numbers of its own. */
const MOST = 10
const numberOf = (cn: number, place: number) => 10_000_000 + cn * MOST + place

/** Given once, whatever happens to the rows: also when the platform is restored from a backup. */
function nextNumber({ store }: Cloud): number {
  const next = Number(store.meta('last payment') ?? 60_000_000) + 1
  store.setMeta('last payment', String(next))
  return next
}

const METHODS = [
  ['Безналичный расчёт', 6],
  ['Яндекс-касса', 4],
] as const

function wordsOf(cloud: Cloud, random: Random, { kind, settled }: PaymentFacts) {
  const who = random.chance(0.6) ? cloud.me : random.pick(cloud.colleagues)
  if (kind === 'correction') return { transaction: `Коррекция / Совершена ${who.username}`, method: 'Коррекция', status: 'Успешно' }
  const method = random.weighted(METHODS)
  const transaction =
    method === 'Яндекс-касса' ? 'Пополнение / Совершено клиентом' : `Пополнение / Платёжное поручение № ${random.int(1, 9999)}`
  return { transaction, method, status: settled ? (random.chance(0.97) ? 'Успешно' : 'Отклонён') : 'В обработке' }
}

export function putPayment(cloud: Cloud, random: Random, facts: PaymentFacts): string {
  const { id, contract, cn, kopecks } = facts
  const created = cloud.time.stamp(facts.at, random)
  const body = wire(cloud.profile, 'payment', { id, created, amount: kopecks / 100, contract, ...wordsOf(cloud, random, facts) })
  const columns = { id: String(id), ctime: created, name: null, contract: contract.id, cn, amount: kopecks }
  cloud.store.insert('payment', { ...columns, body: JSON.stringify(body) })
  return String(id)
}

interface Payer {
  readonly cn: number
  readonly contract: PaymentFacts['contract']
  readonly prepay: boolean
}

/** What a client has paid since it came: every few months, by its own dice. */
export function addPayments(cloud: Cloud, { cn, contract, prepay }: Payer, birth: number): void {
  const random = seededRandom(cloud.seed, 'payments', cn)
  const months = Math.floor((cloud.clock.now() - birth) / MONTH)
  const count = Math.min(prepay ? 9 : 5, Math.ceil(months / 3))
  for (let place = 0; place < count; place++) {
    const at = birth + ((place + random.next()) / count) * (cloud.clock.now() - birth)
    const correction = random.chance(0.12)
    const kopecks = correction ? random.int(-300, 500) * 1000 : random.int(5, 400) * 100_000
    const settled = at < cloud.clock.now() - 2 * DAY_MS
    putPayment(cloud, random, { id: numberOf(cn, place), at, kind: correction ? 'correction' : 'payment', kopecks, contract, cn, settled })
  }
}

/** One more, in a running cloud. What a bank transfers may be told a few days late. */
export function addPayment(
  { cloud, random, at }: Moment,
  cn: number,
  { kind, kopecks }: Pick<PaymentFacts, 'kind' | 'kopecks'>,
): string | undefined {
  const [row] = cloud.store.rowsBy('contract', 'n', cn)
  if (row === undefined) return undefined
  const late = kind === 'payment' && random.chance(0.1) ? random.int(1, 3) * DAY_MS : 0
  const contract = { id: row.id, name: String(bodyOf(row)['name']) }
  return putPayment(cloud, random, { id: nextNumber(cloud), at: at - late, kind, kopecks, contract, cn, settled: true })
}
