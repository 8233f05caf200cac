import { expect, it } from 'vitest'
import icons from '../../renderer/app/icons.gen.json'
import { iconShapes, registerIcons, shapesOf } from '../../renderer/ui/icons'

it('every icon becomes shapes, and nothing of it is left out', () => {
  for (const [name, { body }] of Object.entries(icons.icons)) {
    const shapes = shapesOf(body)
    expect(shapes.length, name).toBe([...body.matchAll(/<(?:path|circle|rect|line|ellipse|polyline|polygon)\b/g)].length)
    expect(shapes.length, name).toBeGreaterThan(0)
    // What is not a shape is the group around them, which has nothing but what all icons have.
    const rest = body.replace(
      /<g fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" stroke-width="2">|<\/g>/g,
      '',
    )
    expect(rest.replace(/<[a-z]+[^>]*\/>/g, ''), name).toBe('')
  }
})

it('a shape keeps what is its own', () => {
  registerIcons({
    icons: { tag: { body: '<g fill="none" stroke="currentColor"><path d="M1 1"/><circle cx="7" r=".5" fill="currentColor"/></g>' } },
  })
  expect(iconShapes('i-lucide-tag')).toEqual([
    { tag: 'path', attributes: { d: 'M1 1' } },
    { tag: 'circle', attributes: { cx: '7', r: '.5', fill: 'currentColor' } },
  ])
  expect(iconShapes('i-lucide-unheard-of')).toEqual([])
})
