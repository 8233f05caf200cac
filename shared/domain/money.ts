import { Decimal } from 'decimal.js'
import { z } from 'zod'

/** An amount in whole minor units (kopecks) of one currency. Never a float; amounts of two currencies are never added. */
export const Money = z.object({ minor: z.int(), currency: z.string() })
export type Money = z.infer<typeof Money>

/** The only rounding rule of the console: half away from zero, to the minor unit. */
const ROUNDING = Decimal.ROUND_HALF_UP

/**
 * Turns a platform's decimal (a JSON number or a string, in major units: roubles) into money.
 * @throws RangeError when the value is no finite number or exceeds what an integer holds exactly.
 */
export const moneyFrom = (value: number | string, currency = 'RUB'): Money => {
  let decimal: Decimal
  try {
    decimal = new Decimal(value)
  } catch {
    throw new RangeError(`not an amount: ${String(value)}`)
  }
  if (!decimal.isFinite()) throw new RangeError(`not a finite amount: ${String(value)}`)
  const minor = decimal.times(100).toDecimalPlaces(0, ROUNDING)
  if (minor.abs().greaterThan(Number.MAX_SAFE_INTEGER)) throw new RangeError('amount too large')
  return { minor: minor.toNumber() + 0, currency }
}

/** Sums amounts by currency; the order of first appearance is kept. Exact, integers only. */
export const sumByCurrency = (amounts: Iterable<Money>): Money[] => {
  const totals = new Map<string, bigint>()
  for (const { minor, currency } of amounts) totals.set(currency, (totals.get(currency) ?? 0n) + BigInt(minor))
  return [...totals].map(([currency, minor]) => {
    if (minor > BigInt(Number.MAX_SAFE_INTEGER) || minor < -BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('total too large')
    return { minor: Number(minor), currency }
  })
}
