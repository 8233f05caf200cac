import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JobRow } from '../../shared/ipc/jobs'
import { INTERNAL_DOMAIN, type InternalCalls } from '../../shared/ipc/host-protocol'
import { runCore } from '../support/core-running'
import { exportTo, storeClients } from '../support/exporting'
import { storeBench, TEST_KEY } from '../support/store-in-folder'

const bench = storeBench()
type Running = ReturnType<typeof runCore>
let folder: string
let running: Running | null = null

const begin = (): Running => (running = runCore({ folder, start: { databaseKey: TEST_KEY } }))
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
})
