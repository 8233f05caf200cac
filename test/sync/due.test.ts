import { describe, expect, it } from 'vitest'
import { afterFailure, afterSuccess, restOf, waitOf } from '../../electron/core/sync/due'

const MINUTE = 60_000
const DAY = 86_400_000
const timing = { now: 1_000_000_000, roundAt: 1_000_000_000 - 2_000, intervalMs: 5 * MINUTE, random: 0.5 }
const before = { nextAt: null, failures: 0, unchanged: 0 }
const error = (code: string, details: Record<string, unknown> = {}) => ({ code, details }) as Parameters<typeof afterFailure>[2]

describe('when a dataset is due', () => {
  it.each([
    ['an interval after its round began', timing, 5 * MINUTE - 2_000],
    ['a tenth of it earlier at the least', { ...timing, random: 0 }, 4.5 * MINUTE - 2_000],
    ['a tenth later at the most', { ...timing, random: 0.9999999 }, 5.5 * MINUTE - 2_000],
    ['never at once, where a walk takes longer than the interval', { ...timing, roundAt: 0 }, 1_000],
    ['daily at least', { ...timing, roundAt: timing.now, intervalMs: 3 * DAY }, DAY],
  ])('after a complete walk: %s', (_name, at, wait) => {
    const { nextAt } = afterSuccess('servers', at, { before: { ...before, failures: 4 }, changed: true })
    expect((nextAt ?? 0) - at.now).toBeCloseTo(wait, -2)
  })

  it.each([
    ['servers', 500, 1],
    ['clients', 500, 1],
    ['storage_profiles', 9, 1],
    ['storage_profiles', 10, 2],
    ['storage_profiles', 25, 4],
    ['tariff_plans', 500, 16],
  ] as const)('%s that did not change in %i walks wait for %i intervals', (dataset, unchanged, rest) => {
    expect(restOf(dataset, unchanged)).toBe(rest)
  })

  it('a change ends the rest', () => {
    expect(afterSuccess('partners', timing, { before: { ...before, unchanged: 40 }, changed: true }).unchanged).toBe(0)
    expect(afterSuccess('partners', timing, { before: { ...before, unchanged: 40 }, changed: false }).unchanged).toBe(41)
  })

  it.each([
    [0, 'platform-error', {}, 5_000],
    [1, 'platform-error', {}, 10_000],
    [3, 'forbidden', {}, 40_000],
    [5, 'bad-answer', {}, 160_000],
    [9, 'timeout', {}, 5 * MINUTE],
    [400, 'platform-error', {}, 5 * MINUTE],
    [0, 'rate-limited', { retryAfterMs: 90_000 }, 90_000],
    [4, 'rate-limited', { retryAfterMs: 1_000 }, 80_000],
    [0, 'platform-error', { retryAfterMs: 90_000 }, 5_000],
  ])('after %i failures and a %s: its own back-off', (failures, code, details, wait) => {
    const after = afterFailure(timing, { ...before, failures }, error(code, details))
    expect(after).toEqual({ nextAt: timing.now + wait, failures: failures + 1, unchanged: 0 })
  })

  it.each([
    ['nothing is known: now', null, 0],
    ['a time that has passed: now', -1, 0],
    ['a time to come', 90_000, 90_000],
    ['a day', DAY, DAY],
    ['longer than is ever set: a clock was ahead and was set right', 2 * DAY, 0],
  ])('%s', (_name, wait, expected) => {
    expect(waitOf({ nextAt: wait === null ? null : timing.now + wait }, timing)).toBe(expected)
  })
})
