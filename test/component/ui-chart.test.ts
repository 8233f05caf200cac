import { describe, expect, it } from 'vitest'
import { gapsOf } from '@renderer/ui/chart/ledger'
import { tickWords, topOf } from '@renderer/ui/chart/time-ticks'
import { makeFormat } from '@renderer/ui/format'

describe('a chart', () => {
  it('hatches every hole between known values, and none at the ends', () => {
    expect(gapsOf([null, 1, null, null, 2, 3, null, 4, null])).toEqual([
      { from: 1, to: 4 },
      { from: 5, to: 7 },
    ])
    expect(gapsOf([null, null])).toEqual([])
  })
  it('leaves a limit that is far away to the words beside it', () => {
    const points = [{ value: 3380 }, { value: null }]
    expect(topOf(points, 4096)).toBe(5000)
    expect(topOf(points, 100_000)).toBe(4000)
    expect(topOf([{ value: 0 }], null)).toBe(1)
  })
  it('says the hour within two days and the day beyond', () => {
    const f = makeFormat(() => 'en')
    expect(tickWords(Date.UTC(2025, 10, 19, 14, 45), 86_400_000, f, 0)).toBe('14:45')
    expect(tickWords(Date.UTC(2025, 10, 19, 14, 45), 7 * 86_400_000, f, 0)).toBe('19\u00a0Nov')
  })
})
