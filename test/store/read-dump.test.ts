import { expect, it } from 'vitest'
import { applyNote } from '../../electron/core/store/cache/notes'
import { dumpLines } from '../../electron/core/store/read/dump'
import { storeBench } from '../support/store-in-folder'

const bench = storeBench()
const note = (id: string, change: object = {}) => ({
  id,
  extra: { b: 1, a: { d: 1, c: 2 } },
  clientId: 'a',
  createdAt: 1,
  modifiedAt: 2,
  authorId: null,
  authorName: null,
  text: 'call',
  alertAt: null,
  confirmed: false,
  system: false,
  ...change,
})

it('prints the same lines for the same rows, whatever connection and order they came in', () => {
  const [one, two] = [bench.memory(), bench.memory()]
  for (const id of ['x', 'y']) applyNote(one, 'c1', note(id))
  for (const id of ['y', 'x']) applyNote(two, 'c2', note(id, { extra: { a: { c: 2, d: 1 }, b: 1 } }))
  expect([...dumpLines(one.cache)]).toEqual([...dumpLines(two.cache)])
  const [first] = [...dumpLines(one.cache)].map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(first).toMatchObject({ dataset: 'notes', id: 'x', clientId: 'a', text: 'call', extra: { a: { c: 2 } } })
  expect(Object.keys(first ?? {})).not.toEqual(expect.arrayContaining(['hash']))
  expect(Object.keys(first ?? {})).not.toEqual(expect.arrayContaining(['walk']))
})
