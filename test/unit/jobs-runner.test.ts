import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { unfinishedPlain } from '../../electron/core/files/plain-file'
import { createKeptFiles, type KeptFiles } from '../../electron/core/files/shelf'
import type { CarryOut, JobEnd, JobHooks } from '../../electron/core/jobs/order'
import { createJobs, type Jobs } from '../../electron/core/jobs/runner'
import { findJob, listJobs } from '../../electron/core/store/local/jobs'
import { findKeptFile, insertKeptFile, listKeptFiles, type KeptFile } from '../../electron/core/store/local/kept-files'
import { asAppError } from '../../electron/core/features/router'
import type { Store } from '../../electron/core/store/connection'
import { setStoreAside } from '../../electron/core/store/files'
import { createTestClock, type TestClock } from '../support/core-clock'
import { exportTo } from '../support/exporting'
import { storeBench } from '../support/store-in-folder'

const bench = storeBench()
const DAY = 86_400_000
let folder: string
let store: Store
let clock: TestClock
let files: KeptFiles
let jobs: Jobs
let count = 0
/** Jobs that run, under the hands of the test. */
let under: Map<string, { hooks: JobHooks; end: (end: JobEnd) => void; cancelled: boolean }>

const carryOut: CarryOut = ({ id }, hooks) => {
  const ended = Promise.withResolvers<JobEnd>()
  const it = { hooks, end: ended.resolve, cancelled: false }
  under.set(id, it)
  return { ended: ended.promise, cancel: () => void (it.cancelled = true) }
}
const start = (): Jobs => {
  under = new Map()
  files = createKeptFiles({ local: store.local, dataFolder: folder })
  files.tidy()
  jobs = createJobs({
    ...{ local: store.local, clock, files, carryOut },
    newId: () => `job${String(++count)}`,
    tell: (_where, error) => asAppError(error).toData(),
    log: () => undefined,
    onChanged: () => undefined,
    onEnded: () => undefined,
  })
  jobs.start()
  return jobs
}
const target = (): string => join(folder, 'out.csv')
const begin = (connectionId: string | null = 'c1'): string =>
  jobs.begin({ kind: 'list-export', title: 'Клиенты', connectionId, input: { ...exportTo(target()), language: 'ru' } })
const stateOf = (id: string): string | undefined => findJob(store.local, id)?.state
const file = (id: string, more: Partial<KeptFile> = {}): KeptFile => ({
  ...{ id, kind: 'list-export', name: 'Клиенты', connectionId: 'c1', size: 1, sha256: '', rows: 1, remarks: [], asOf: 1 },
  ...{ madeAt: clock.now(), keptUntil: clock.now() + 30 * DAY, state: 'whole', ...more },
})
const put = (id: string, more: Partial<KeptFile> = {}): void => {
  insertKeptFile(store.local, file(id, more))
  writeFileSync(join(folder, 'files', `${id}.kept`), 'sealed')
}
const shelf = (): string[] => readdirSync(join(folder, 'files')).sort()
const done = { state: 'done', result: { kind: 'list-export', rows: 1, file: 'out.csv', kept: true } } as const

beforeEach(() => {
  folder = bench.folder()
  store = bench.open(folder)
  clock = createTestClock()
  start()
})

describe('jobs', () => {
  it('run two at a time, in their order', async () => {
    const [first, second, third] = [begin(), begin(), begin()]
    expect([first, second, third].map(stateOf)).toEqual(['running', 'running', 'waiting'])
    under.get(first)?.end(done)
    await clock.settle()
    expect([first, second, third].map(stateOf)).toEqual(['done', 'running', 'running'])
  })

  it('that wait are cancelled at once; one that runs when its work has let go, with the file that it kept', async () => {
    const [first, , third] = [begin(), begin(), begin()]
    jobs.cancel(third)
    expect(stateOf(third)).toBe('cancelled')
    put(first)
    writeFileSync(unfinishedPlain(target(), first), 'half')
    jobs.cancel(first)
    expect(under.get(first)?.cancelled).toBe(true)
    under.get(first)?.end({ state: 'cancelled' })
    await clock.settle()
    expect(stateOf(first)).toBe('cancelled')
    expect([findKeptFile(store.local, first), shelf(), existsSync(unfinishedPlain(target(), first))]).toEqual([null, [], false])
    expect(() => {
      jobs.cancel(first)
    }).toThrow(AppError)
  })

  it('that the program did not end are interrupted at the next start, what they left in plain is gone, and they begin anew', async () => {
    const [first, , third] = [begin(), begin(), begin()]
    writeFileSync(unfinishedPlain(target(), first), 'half')
    start()
    expect([first, third].map(stateOf)).toEqual(['interrupted', 'interrupted'])
    expect(existsSync(unfinishedPlain(target(), first))).toBe(false)
    const again = jobs.again(first)
    expect([stateOf(again), stateOf(first)]).toEqual(['running', undefined])
    under.get(again)?.end(done)
    await clock.settle()
    expect(() => jobs.again(again)).toThrow(AppError)
  })

  it('that are stopped with the program are interrupted', async () => {
    const id = begin()
    const stopped = jobs.stop()
    expect(under.get(id)?.cancelled).toBe(true)
    under.get(id)?.end({ state: 'cancelled' })
    await stopped
    await clock.settle()
    expect(stateOf(id)).toBe('interrupted')
  })

  it('that fail tell why', async () => {
    const id = begin()
    under.get(id)?.end({ state: 'failed', error: new AppError('disk-full', 'no room') })
    await clock.settle()
    expect(findJob(store.local, id)).toMatchObject({ state: 'failed', error: { code: 'disk-full' } })
  })

  it('whose file has no room for its row fail alone, and leave no file', async () => {
    const id = begin()
    writeFileSync(join(folder, 'files', `${id}.kept`), 'sealed')
    store.local.pragma(`max_page_count = ${String(store.local.pragma('page_count', { simple: true }))}`)
    under.get(id)?.hooks.onKeep(file(id, { remarks: ['x'.repeat(200_000)] }))
    expect(under.get(id)?.cancelled).toBe(true)
    under.get(id)?.end({ state: 'cancelled' })
    await clock.settle()
    expect(findJob(store.local, id)).toMatchObject({ state: 'failed', error: { code: 'disk-full' } })
    expect(shelf()).toEqual([])
  })

  it('that cannot be begun so are refused and leave no row', () => {
    expect(() => jobs.begin({ kind: 'list-export', title: '', connectionId: null, input: { list: 'clients' } })).toThrow(AppError)
    expect(listJobs(store.local, 10)).toEqual([])
  })

  it('that were seen stay a day, those that nobody saw a month', async () => {
    const [first, second] = [begin(), begin()]
    under.get(first)?.end(done)
    await clock.settle()
    jobs.seen()
    under.get(second)?.end(done)
    await clock.settle()
    jobs.prune(clock.now() + DAY / 2)
    expect([first, second].map(stateOf)).toEqual(['done', 'done'])
    jobs.prune(clock.now() + 2 * DAY)
    expect([first, second].map(stateOf)).toEqual([undefined, 'done'])
    jobs.prune(clock.now() + 31 * DAY)
    expect(stateOf(second)).toBeUndefined()
  })
})

describe('kept files', () => {
  it('without a row are removed at the start, rows without a file told as missing, and as whole when it is back', () => {
    put('whole')
    put('gone')
    mkdirSync(join(folder, 'files', 'stray'))
    for (const name of ['orphan.kept', 'half.kept.part', 'a.look']) writeFileSync(join(folder, 'files', name), '')
    const away = join(folder, 'files', 'gone.kept')
    const states = (): Record<string, string> =>
      Object.fromEntries(listKeptFiles(store.local, { offset: 0, limit: 9 }).map((it) => [it.id, it.state]))
    rmSync(away)
    start()
    expect(shelf()).toEqual(['whole.kept'])
    expect(states()).toEqual({ whole: 'whole', gone: 'missing' })
    writeFileSync(away, 'sealed')
    start()
    expect(states()).toEqual({ whole: 'whole', gone: 'whole' })
  })

  it('go when their time is over, and not before', () => {
    put('a')
    jobs.prune(clock.now() + 30 * DAY)
    expect(shelf()).toEqual(['a.kept'])
    jobs.prune(clock.now() + 30 * DAY + 1)
    expect([shelf(), findKeptFile(store.local, 'a')]).toEqual([[], null])
  })

  it('are forgotten with their connection, as is what runs over it, and what goes over all connections', async () => {
    put('own')
    put('all', { connectionId: null })
    put('other', { connectionId: 'c2' })
    const id = begin()
    const forgotten = jobs.forget('c1')
    under.get(id)?.end({ state: 'cancelled' })
    await forgotten
    expect(shelf()).toEqual(['other.kept'])
    expect(stateOf(id)).toBe('cancelled')
  })
})

it('kept files are put aside with the store whose key is lost, where no new one removes them', () => {
  put('a')
  store.close()
  setStoreAside(folder, clock.now())
  expect(existsSync(join(folder, 'files'))).toBe(false)
  const [aside = ''] = readdirSync(folder).filter((name) => name.startsWith('files.before'))
  expect(readdirSync(join(folder, aside))).toEqual(['a.kept'])
})
