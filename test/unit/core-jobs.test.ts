import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JobRow } from '../../shared/ipc/jobs'
import { INTERNAL_DOMAIN, type InternalCalls } from '../../shared/ipc/host-protocol'
import { runCore, type RunOptions } from '../support/core-running'
import { CONNECTION } from '../support/notes-console'
import { exportTo, storeClients } from '../support/exporting'
import { sourceWorker } from '../support/source-worker'
import { storeBench, TEST_KEY } from '../support/store-in-folder'

const bench = storeBench()
type Running = ReturnType<typeof runCore>
let folder: string
let running: Running | null = null

const begin = (options: Partial<RunOptions> = {}): Running => (running = runCore({ folder, start: { databaseKey: TEST_KEY }, ...options }))
const core = (): Running => running ?? begin()
const internal = async <N extends keyof InternalCalls>(name: N, input: InternalCalls[N]['input']): Promise<InternalCalls[N]['output']> => {
  const result = await core().core.call(INTERNAL_DOMAIN, name, input)
  if (!result.ok) throw Object.assign(new Error(result.error.message), result.error)
  return result.value as InternalCalls[N]['output']
}
const jobs = async (): Promise<JobRow[]> => (await core().call('jobs', 'list', {})).rows
const ended = (id: string): Promise<JobRow> =>
  core().until(async () => (await jobs()).find((job) => job.id === id && job.endedAt !== null) ?? null)
const files = async () => (await core().call('files', 'list', { offset: 0, limit: 100 })).rows
const shelf = (): string[] => readdirSync(join(folder, 'files'))
const target = (): string => join(folder, '..', `${folder.split('/').at(-1) ?? ''}-out.csv`)

beforeEach(() => {
  folder = bench.folder()
})
afterEach(async () => {
  await running?.core.stop()
  running = null
})
const fill = (count: number): void => {
  const store = bench.open(folder)
  storeClients(store, count)
  store.close()
}

const flip = (path: string, at: number): void => {
  const byte = readFileSync(path)[at] ?? 0
  const handle = openSync(path, 'r+')
  writeSync(handle, Buffer.from([byte ^ 0xff]), 0, 1, at)
  closeSync(handle)
}

describe('an export', () => {
  it('runs as a job: the file stands where it was wanted, and a copy is kept with its as of and conditions', async () => {
    fill(1200)
    const { jobId } = await internal('exportList', exportTo(target()))
    const job = await ended(jobId)
    expect(job).toMatchObject({ state: 'done', kind: 'list-export', title: 'Клиенты', seen: false })
    expect(job.result).toEqual({ kind: 'list-export', rows: 1200, file: target().split('/').at(-1), kept: true })
    const lines = readFileSync(target(), 'utf8').split('\r\n')
    expect(lines).toHaveLength(1 + 1200 + 1 + 3 + 1)
    expect(lines.at(-3)).toMatch(/^Данные на 31\.01\.2026 \d\d:30$/)
    const [kept] = await files()
    expect(kept).toMatchObject({ id: jobId, name: 'Клиенты', rows: 1200, state: 'whole', size: statSync(target()).size })
    expect(kept?.remarks[1]).toBe(lines.at(-3))
    expect(shelf()).toEqual([`${jobId}.kept`])
    expect(readFileSync(join(folder, 'files', `${jobId}.kept`)).includes('Клиент')).toBe(false)
    expect(await internal('jobFile', { id: jobId })).toEqual({ path: target() })
  })

  it('that is kept is saved again where a person says, byte for byte', async () => {
    fill(300)
    const { jobId } = await internal('exportList', exportTo(target()))
    await ended(jobId)
    const again = `${target()}.again.csv`
    const saved = await internal('saveKeptFile', { id: jobId, path: again })
    expect(await ended(saved.jobId)).toMatchObject({ state: 'done', kind: 'save-file' })
    expect(readFileSync(again)).toEqual(readFileSync(target()))
  })

  it('to a place that cannot be written fails with words for it, and is kept all the same', async () => {
    fill(10)
    const { jobId } = await internal('exportList', exportTo(join(folder, 'no-such-folder', 'a.csv')))
    expect(await ended(jobId)).toMatchObject({ state: 'failed', error: { code: 'storage', details: { reason: 'cannot-write' } } })
    expect(await files()).toHaveLength(1)
  })

  it('that is cancelled ends within a fifth of a second and leaves nothing, in plain or kept', async () => {
    fill(60_000)
    const { jobId } = await internal('exportList', exportTo(target()))
    await core().until(async () => ((await jobs()).find(({ id }) => id === jobId)?.progress?.done ?? 0) > 0)
    const from = performance.now()
    await core().call('jobs', 'cancel', { id: jobId })
    while ((await jobs()).find(({ id }) => id === jobId)?.endedAt === null) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(performance.now() - from).toBeLessThan(200)
    expect((await jobs())[0]).toMatchObject({ state: 'cancelled', error: null, result: null })
    expect([
      await files(),
      shelf(),
      existsSync(target()),
      readdirSync(join(folder, '..')).filter((name) => name.endsWith('.part')),
    ]).toEqual([[], [], false, []])
  })

  it('whose file is damaged or gone is not written anywhere, and the file is marked', async () => {
    fill(10)
    const { jobId } = await internal('exportList', exportTo(target()))
    await ended(jobId)
    const path = join(folder, 'files', `${jobId}.kept`)
    flip(path, 60)
    const again = `${target()}.again.csv`
    const damaged = await internal('saveKeptFile', { id: jobId, path: again })
    expect(await ended(damaged.jobId)).toMatchObject({ state: 'failed', error: { code: 'storage', details: { reason: 'kept-damaged' } } })
    expect(await files()).toMatchObject([{ state: 'damaged' }])
    rmSync(path)
    const gone = await internal('saveKeptFile', { id: jobId, path: again })
    expect(await ended(gone.jobId)).toMatchObject({ state: 'failed', error: { details: { reason: 'kept-missing' } } })
    expect(await files()).toMatchObject([{ state: 'missing' }])
    expect(existsSync(again)).toBe(false)
  })

  it('in a workspace that keeps nothing is written where it was wanted, and nothing is kept', async () => {
    begin({ start: { databaseKey: null } })
    const { jobId } = await internal('exportList', exportTo(target()))
    expect(await ended(jobId)).toMatchObject({ state: 'done', result: { rows: 0, kept: false } })
    expect(readFileSync(target(), 'utf8')).toContain('неизвестное время')
    expect(await files()).toEqual([])
    await expect(core().call('jobs', 'checkStore', {})).rejects.toMatchObject({ code: 'not-offered' })
  })

  it('goes with its connection: its row, its file and what is told of it', async () => {
    fill(10)
    const { jobId } = await internal('exportList', exportTo(target()))
    await ended(jobId)
    await core().call('connections', 'forget', { id: CONNECTION, confirmName: 'Cloud' })
    expect([await files(), await jobs(), shelf()]).toEqual([[], [], []])
    expect(existsSync(target())).toBe(true)
  })
})

describe('a thread', () => {
  it('that crashes is a job that failed, told by a number; the core goes on', async () => {
    fill(10)
    begin({ createWorker: () => new Worker(`setTimeout(() => { throw new Error('secret detail') }, 20)`, { eval: true }) })
    const { jobId } = await internal('exportList', exportTo(target()))
    const job = await ended(jobId)
    expect(job).toMatchObject({ state: 'failed', error: { code: 'internal', details: { number: '1-test' } } })
    expect(JSON.stringify(job)).not.toContain('secret')
    expect(core().logged.join()).toContain('secret detail')
    expect((await core().call('clients', 'list', { query: exportTo('').query as never, offset: 0, limit: 1 })).total).toBe(10)
  })

  it('that ends without a word is a job that failed', async () => {
    fill(10)
    begin({ createWorker: () => new Worker(`process.exit(3)`, { eval: true }) })
    const { jobId } = await internal('exportList', exportTo(target()))
    expect(await ended(jobId)).toMatchObject({ state: 'failed', error: { code: 'internal' } })
  })

  it('gets the key by message: it is in no argument and no variable', async () => {
    fill(10)
    const made: Worker[] = []
    begin({ createWorker: () => (made.push(sourceWorker()), made[0] as Worker) })
    const { jobId } = await internal('exportList', exportTo(target()))
    expect(await ended(jobId)).toMatchObject({ state: 'done' })
    expect(JSON.stringify([process.argv, process.execArgv, process.env])).not.toContain(TEST_KEY)
  })
})

describe('a check of the local files', () => {
  const check = async (): Promise<JobRow> => ended((await core().call('jobs', 'checkStore', {})).id)

  it('finds whole what is whole, while the program writes', async () => {
    fill(3000)
    const { jobId } = await internal('exportList', exportTo(target()))
    await ended(jobId)
    const { id } = await core().call('jobs', 'checkStore', {})
    expect((await core().call('jobs', 'checkStore', {})).id).toBe(id)
    for (let n = 0; n < 40; n++) await core().call('preferences', 'set', { density: n % 2 === 0 ? 'compact' : 'comfortable' })
    const { result } = await ended(id)
    expect(result).toMatchObject({
      files: [
        { name: 'local.db', damaged: 0, sound: true },
        { name: 'cache.db', damaged: 0, sound: true },
      ],
      kept: { whole: 1, damaged: 0, missing: 0 },
    })
    expect(shelf()).toEqual([`${jobId}.kept`])
  })

  it('finds a byte that was turned in any of them, and has the store look at its next start', async () => {
    fill(3000)
    const first = await internal('exportList', exportTo(target()))
    const second = await internal('exportList', exportTo(`${target()}.b.csv`))
    await ended(first.jobId)
    await ended(second.jobId)
    flip(join(folder, 'cache.db'), 4096 * 20 + 100)
    flip(join(folder, 'files', `${first.jobId}.kept`), 80)
    rmSync(join(folder, 'files', `${second.jobId}.kept`))
    const { result } = await check()
    expect(result).toMatchObject({ kept: { whole: 0, damaged: 1, missing: 1 } })
    if (result?.kind !== 'check-store') throw new Error('no result')
    expect(result.files.map(({ damaged, sound }) => damaged > 0 || !sound)).toEqual([false, true])
    expect(existsSync(join(folder, 'cache.db.suspect'))).toBe(true)
    expect((await files()).map(({ state }) => state).sort()).toEqual(['damaged', 'missing'])
  })
})
