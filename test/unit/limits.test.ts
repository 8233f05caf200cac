import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usageShare, usageState } from '@shared/domain/limits'

describe('use against a limit', () => {
  it.each([
    [79, 100, 'ok'],
    [80, 100, 'near'],
    [99, 100, 'near'],
    [100, 100, 'reached'],
    [101, 100, 'over'],
    [0, 0, 'reached'],
    [1, 0, 'over'],
    [0, 5, 'ok'],
  ] as const)('%d of %d is %s', (use, limit, state) => {
    expect(usageState(use, limit)).toBe(state)
  })

  it('ranks by the share used: a worse state never ranks below a better one of the same limit', () => {
    const order = ['ok', 'near', 'reached', 'over']
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.integer({ min: 1, max: 1000 }), (a, b, limit) => {
        if (usageShare(a, limit) < usageShare(b, limit)) {
          expect(order.indexOf(usageState(a, limit))).toBeLessThanOrEqual(order.indexOf(usageState(b, limit)))
        }
      }),
    )
  })

  it('puts use under a limit of nothing above everything', () => {
    expect(usageShare(1, 0)).toBeGreaterThan(usageShare(1_000_000, 1))
  })
})
