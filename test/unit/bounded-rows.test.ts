import fc from 'fast-check'
import { expect, it } from 'vitest'
import { boundedRows } from '../../electron/core/features/answer-size'

const row = fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 200 }), at: fc.nat() })

it('keeps a beginning that fits, as long as it can be, and always one row', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 50 }), fc.integer({ min: 1, max: 4000 }), (rows, most) => {
      const kept = boundedRows(rows, most)
      const bytes = (some: readonly object[]): number =>
        some.reduce<number>((sum, one) => sum + Buffer.byteLength(JSON.stringify(one)) + 1, 0)
      expect(kept).toEqual(rows.slice(0, kept.length))
      if (kept.length > 1) expect(bytes(kept)).toBeLessThanOrEqual(most)
      if (kept.length < rows.length) expect(bytes(rows.slice(0, kept.length + 1))).toBeGreaterThan(most)
      if (rows.length > 0) expect(kept.length).toBeGreaterThan(0)
    }),
  )
})

it('keeps a thousand of the longest notes below the largest message', () => {
  const rows = Array.from({ length: 1000 }, () => ({ text: 'я'.repeat(2000) }))
  expect(Buffer.byteLength(JSON.stringify(boundedRows(rows)))).toBeLessThan(220 * 1024)
})
