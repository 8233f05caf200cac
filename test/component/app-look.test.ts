import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkContrast, ratio } from '../../scripts/contrast.mjs'
import { collectIcons } from '../../scripts/icons.mjs'

describe('the look', () => {
  it('has enough contrast in both themes, and charts that colour-blind eyes can read', () => {
    expect(checkContrast()).toEqual([])
    expect(ratio('#000000', '#ffffff')).toBeCloseTo(21)
  })
  it('bundles every icon that it uses, and only those', () => {
    const { text, missing } = collectIcons()
    expect(missing).toEqual([])
    expect(readFileSync(fileURLToPath(new URL('../../renderer/app/icons.gen.json', import.meta.url)), 'utf8'), 'run: node scripts/icons.mjs').toBe(text)
  })
})
