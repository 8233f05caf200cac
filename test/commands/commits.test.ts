import { beforeEach, expect, it } from 'vitest'
import { createCommits, type Commits } from '../../electron/core/commands/commits'
import { createTestClock, type TestClock } from '../support/core-clock'

let clock: TestClock
let commits: Commits
/** What was written together, in its order. */
let written: string[][]
let fails: string | null

const inOne =
  (file: string) =>
  <T>(work: () => T): T => {
    const before = written.length
    written.push([file])
    try {
      return work()
    } catch (error) {
      written.length = before
      throw error
    }
  }
const write = (what: string) => (): string => {
  if (fails === what) throw new Error(`no room for ${what}`)
  written.at(-1)?.push(what)
  return what
}

beforeEach(() => {
  clock = createTestClock()
  written = []
  fails = null
  commits = createCommits({ clock, local: inOne('local'), cache: inOne('cache'), soon: setImmediate })
})

it('one alone waits for nobody', async () => {
  commits.join()
  expect(await commits.local(write('a'))).toBe('a')
  expect([written, clock.elapsed()]).toEqual([[['local', 'a']], 0])
})

it('several that are under way share a commit', async () => {
  for (let n = 0; n < 3; n++) commits.join()
  expect(await Promise.all(['a', 'b', 'c'].map((one) => commits.local(write(one))))).toEqual(['a', 'b', 'c'])
  expect(written).toEqual([['local', 'a', 'b', 'c']])
})

it('nothing is written while another may still come, and no longer than a moment', async () => {
  commits.join()
  const leave = commits.join()
  const first = commits.local(write('a'))
  await clock.settle()
  expect(written).toEqual([])
  await clock.advance(20)
  expect([await first, written]).toEqual(['a', [['local', 'a']]])
  const second = commits.local(write('b'))
  leave()
  expect(await second).toBe('b')
  expect(clock.elapsed()).toBe(20)
})

it('one that fails takes no other with it, and is told so', async () => {
  for (let n = 0; n < 3; n++) commits.join()
  fails = 'b'
  const ends = await Promise.allSettled(['a', 'b', 'c'].map((one) => commits.local(write(one))))
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(written).toEqual([
    ['local', 'a'],
    ['local', 'c'],
  ])
})

it('what nobody waits for goes along with the next, or alone after a moment', async () => {
  for (let n = 0; n < 2; n++) commits.join()
  const along = commits.localAlong(write('end'))
  await clock.settle()
  expect(written).toEqual([])
  await Promise.all([commits.local(write('a')), commits.local(write('b')), along])
  expect(written).toEqual([['local', 'end', 'a', 'b']])
  const alone = commits.localAlong(write('last'))
  await clock.advance(20)
  expect([await alone, written.length]).toEqual(['last', 2])
})

it('the answers of several go to the cache together, whoever is still under way', async () => {
  for (let n = 0; n < 5; n++) commits.join()
  await Promise.all([commits.cache(write('a')), commits.cache(write('b'))])
  expect(written).toEqual([['cache', 'a', 'b']])
})
