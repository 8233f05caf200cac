import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { makeFormat } from '@renderer/ui/format'
import { russianPlural } from '@renderer/locales'

const ru = makeFormat(() => 'ru')
const en = makeFormat(() => 'en')
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('numbers and money', () => {
  it('groups digits and uses a real minus', () => {
    expect(plain(ru.num(-1234567.5))).toBe('−1 234 567,5')
    expect(en.num(-1234567.5)).toBe('−1,234,567.5')
  })
  it('shows kopecks whole, never rounded away', () => {
    expect(plain(ru.money({ minor: -86_285_676, currency: 'RUB' }))).toBe('−862 856,76 ₽')
    expect(plain(ru.money({ minor: 5, currency: 'RUB' }))).toBe('0,05 ₽')
    expect(plain(ru.money({ minor: 100, currency: 'XTS' }))).toBe('1,00 XTS')
  })
  it('loses no kopeck of any amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9e14, max: 9e14 }), (minor) => {
        const digits = ru
          .money({ minor, currency: 'RUB' })
          .replace('−', '-')
          .replace(/[^\d-]/g, '')
        expect(Number(digits)).toBe(minor)
      }),
    )
  })
  it('keeps seven decimals of a price and tells the quiet zeros apart', () => {
    expect(ru.priceParts('0.0968750')).toEqual({ main: '0,096875', zeros: '0' })
    expect(ru.priceParts('195')).toEqual({ main: '195,00', zeros: '00000' })
  })
})

describe('moments', () => {
  const now = Date.UTC(2025, 10, 19, 14, 45)
  it('says today by the time alone and another year with its year', () => {
    expect(ru.moment(now - 60_000, now, 0)).toBe('14:44')
    expect(plain(ru.moment(now - 86_400_000, now, 0))).toBe('вчера, 14:45')
    expect(plain(ru.moment(now - 3 * 86_400_000, now, 0))).toBe('16 нояб., 14:45')
    expect(plain(ru.moment(now - 400 * 86_400_000, now, 0))).toBe('15.10.2024, 14:45')
    expect(plain(en.moment(now - 400 * 86_400_000, now, 0))).toBe('15 Oct 2024, 14:45')
  })
  it('shows billing days in the platform’s zone', () => {
    expect(ru.dateShort(Date.UTC(2025, 0, 31, 22, 0), 180)).toBe('01.02.2025')
    expect(ru.zone(330)).toBe('UTC+5:30')
  })
  it('says a length of time in its two largest units', () => {
    expect(plain(ru.span(69_180_000))).toBe('19 ч 13 мин')
    expect(plain(ru.relative(now + 43 * 60_000, now))).toBe('через 43 мин')
    expect(plain(en.relative(now - 2 * 86_400_000, now))).toBe('2 d ago')
  })
})

describe('Russian plural', () => {
  it('counts as Russian does', () => {
    expect([1, 2, 5, 11, 12, 21, 22, 25, 111, 101].map((n) => russianPlural(n, 3))).toEqual([0, 1, 2, 2, 2, 0, 1, 2, 2, 0])
  })
})
