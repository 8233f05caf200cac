import { describe, expect, it } from 'vitest'
import { cyclesIn, importGraph, wayTo, writtenImports } from '../support/import-graph'

const written = writtenImports()
const graph = importGraph(written)

describe('import cycles, types included', () => {
  it('there are none', () => {
    expect(graph.size).toBeGreaterThan(500)
    expect(cyclesIn(graph)).toEqual([])
  })

  it.each([
    ['of types', `import type { A } from './planted-a'`],
    ['of names marked as types', `import { type A } from './planted-a'`],
    ['of a type in place', `export type B = import('./planted-a').A`],
    ['of values', `export * from './planted-a'`],
    ['of a file that is loaded later', `export const load = () => import('@shared/domain/planted-a')`],
  ])('a planted cycle %s is found', (_what, text) => {
    const planted = importGraph(written, {
      'shared/domain/planted-a.ts': `import { b } from './planted-b'`,
      'shared/domain/planted-b.ts': text,
    })
    expect(cyclesIn(planted)).toContain('shared/domain/planted-a.ts → shared/domain/planted-b.ts → shared/domain/planted-a.ts')
  })

  it('a planted cycle through a .vue file is found', () => {
    const planted = importGraph(written, {
      'renderer/ui/missing.ts': `import type { x } from '@renderer/features/events/EventsScreen.vue'`,
    })
    expect(cyclesIn(planted).join()).toContain('renderer/features/events/EventsScreen.vue → ')
  })
})

describe('the page without zod', () => {
  const waysToZod = (all: typeof graph): string[] =>
    [...all.keys()]
      .filter((file) => file.startsWith('renderer/'))
      .flatMap((file) => wayTo(all, file, { wanted: 'zod', values: true })?.join(' → ') ?? [])

  it('imports no file that brings zod along: enumerations that it needs lie in files without it', () => {
    expect(waysToZod(graph)).toEqual([])
  })

  it.each([
    [`import { NoteRow } from '@shared/ipc/notes'`, 1],
    [`import type { NoteRow } from '@shared/ipc/notes'`, 0],
  ])('%s in a planted file brings it along: %i', (text, count) => {
    expect(waysToZod(importGraph(written, { 'renderer/ui/planted.ts': text }))).toHaveLength(count)
  })
})
