import { Decimal } from 'decimal.js'
import type { Money } from './money'

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
