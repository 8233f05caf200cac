import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { dayOf, dayText, minutesOf, minutesText, momentOf, parseDay, parseMinutes } from '@renderer/ui/form/date-text'

const now = new Date(2025, 10, 19)

describe('a typed moment', () => {
  it.each([
    ['20.11.2025', '20.11.2025'],
    ['20.11', '20.11.2025'],
    ['3/1/26', '03.01.2026'],
    ['2025-11-20', '20.11.2025'],
    ['20 Nov 2025', '20.11.2025'],
    ['20 ноября', '20.11.2025'],
    ['1 мая 2026', '01.05.2026'],
  ])('reads %s', (typed, day) => {
    const parsed = parseDay(typed, now)
    expect(parsed && dayText(parsed, 'ru')).toBe(day)
  })
  it.each(['', '31.02.2025', '32.01.2025', '20.13.2025', 'завтра', '20', '1.1.1850'])('refuses %s instead of guessing', (typed) => {
    expect(parseDay(typed, now)).toBeNull()
  })
  it('reads back every day that it writes, in both languages', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(2000, 0, 2), max: new Date(2199, 0, 1), noInvalidDate: true }), (date) => {
        const day = dayOf(date.getTime())
        expect(parseDay(dayText(day, 'ru'), now)).toEqual(day)
        expect(parseDay(dayText(day, 'en'), now)).toEqual(day)
      }),
    )
  })
  it('takes any minute and refuses what is no time', () => {
    expect([parseMinutes('9'), parseMinutes('930'), parseMinutes('9:07'), parseMinutes('23.59')]).toEqual([540, 570, 547, 1439])
    expect([parseMinutes('24:00'), parseMinutes('9:60'), parseMinutes('x')]).toEqual([null, null, null])
    expect(minutesText(547)).toBe('09:07')
  })
  it.each([
    ['20 сент', 9],
    ['20 сентябрь', 9],
    ['20 Sept 2025', 9],
    ['20 май', 5],
    ['20 мар', 3],
  ])('reads the month of %s', (typed, month) => {
    expect(parseDay(typed, now)?.month).toBe(month)
  })
  it.each(['20 ма', '20 marsh', '20 янвабря'])('refuses %s: no month is called so', (typed) => {
    expect(parseDay(typed, now)).toBeNull()
  })
  it("is the same moment again, in this computer's own zone", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(2000, 0, 2), max: new Date(2199, 0, 1), noInvalidDate: true }), (date) => {
        const at = new Date(date.getFullYear(), date.getMonth(), date.getDate(), 12, 30).getTime()
        expect(momentOf(dayOf(at), minutesOf(at))).toBe(at)
      }),
    )
  })
})
