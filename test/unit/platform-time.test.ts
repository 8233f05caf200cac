import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPlatformTime, parsePlatformTime, platformDayStart } from '@shared/domain/time'

const offset = fc.integer({ min: -12 * 4, max: 14 * 4 }).map((quarters) => quarters * 15)
const second = fc.integer({ min: 0, max: 4_102_444_800 }).map((s) => s * 1000)

describe('platform time', () => {
  it('takes a naive timestamp in the zone of the connection', () => {
    expect(parsePlatformTime('2021-09-07T00:02:47.836539', 180)).toBe(Date.UTC(2021, 8, 6, 21, 2, 47, 836))
    expect(parsePlatformTime('2021-09-07T00:02:47', 0)).toBe(Date.UTC(2021, 8, 7, 0, 2, 47))
    expect(parsePlatformTime('2021-09-07 00:02', 300)).toBe(Date.UTC(2021, 8, 6, 19, 2))
  })

  it('believes a zone that is written', () => {
    expect(parsePlatformTime('2021-09-07T00:00:00Z', 180)).toBe(Date.UTC(2021, 8, 7))
    expect(parsePlatformTime('2021-09-07T00:00:00+05:00', 180)).toBe(Date.UTC(2021, 8, 6, 19))
    expect(parsePlatformTime('2021-09-07T00:00:00-0330', 180)).toBe(Date.UTC(2021, 8, 7, 3, 30))
  })

  it.each(['', 'вчера', '2021-02-30T00:00:00', '2021-13-01T00:00:00', '2021-01-01T24:00:00', '2021-01-01T10:61:00', '2021-01-01'])(
    'says null to %j, which is no moment',
    (text) => expect(parsePlatformTime(text, 180)).toBeNull(),
  )

  it('reads back what it writes, in any zone', () => {
    fc.assert(
      fc.property(second, offset, (at, zone) => {
        expect(parsePlatformTime(formatPlatformTime(at, zone), zone)).toBe(at)
      }),
    )
  })

  it('a day starts at midnight of the platform and holds its moment', () => {
    fc.assert(
      fc.property(second, offset, (at, zone) => {
        const start = platformDayStart(at, zone)
        expect(formatPlatformTime(start, zone).slice(11)).toBe('00:00:00')
        expect(at - start).toBeGreaterThanOrEqual(0)
        expect(at - start).toBeLessThan(86_400_000)
      }),
    )
  })
})
