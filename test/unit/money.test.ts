import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sumByCurrency } from '@shared/domain/money'
import { moneyFrom } from '@shared/domain/money-parse'

const minor = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 })

describe('money', () => {
  it('reads what a platform sends, numbers and strings alike', () => {
    expect(moneyFrom(2550.63)).toEqual({ minor: 255_063, currency: 'RUB' })
    expect(moneyFrom('-13389.00')).toEqual({ minor: -1_338_900, currency: 'RUB' })
    expect(moneyFrom(0.1)).toEqual({ minor: 10, currency: 'RUB' })
    expect(Object.is(moneyFrom(-0).minor, 0)).toBe(true)
  })

  it('rounds half away from zero, to the kopeck', () => {
    expect(moneyFrom('1.005').minor).toBe(101)
    expect(moneyFrom('-1.005').minor).toBe(-101)
    expect(moneyFrom('1.0049999').minor).toBe(100)
  })

  it.each(['', 'abc', 'Infinity', 'NaN', '1,5', '999999999999999999999'])('refuses %j instead of guessing', (text) => {
    expect(() => moneyFrom(text)).toThrow(RangeError)
  })

  it('keeps every amount of whole kopecks exactly', () => {
    fc.assert(
      fc.property(minor, (amount) => {
        const sign = amount < 0 ? '-' : ''
        const digits = String(Math.abs(amount)).padStart(3, '0')
        expect(moneyFrom(`${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`).minor).toBe(amount)
      }),
    )
  })

  it('sums each currency alone, exactly, in any order', () => {
    const amount = fc.record({ minor, currency: fc.constantFrom('RUB', 'USD', 'KZT') })
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 200 }), (amounts) => {
        const sums = new Map(sumByCurrency(amounts).map((total) => [total.currency, total.minor]))
        for (const currency of ['RUB', 'USD', 'KZT']) {
          const own = amounts.filter((money) => money.currency === currency)
          expect(sums.get(currency)).toBe(own.length === 0 ? undefined : own.reduce((sum, money) => sum + money.minor, 0))
        }
        expect(new Map(sumByCurrency(amounts.toReversed()).map((total) => [total.currency, total.minor]))).toEqual(sums)
      }),
    )
  })

  it('refuses a total that an integer cannot hold', () => {
    const most = { minor: Number.MAX_SAFE_INTEGER, currency: 'RUB' }
    expect(() => sumByCurrency([most, most])).toThrow(RangeError)
  })
})
