import { afterAll, beforeAll, expect, it } from 'vitest'
import { startPlatform, type Platform } from '../../electron/demo/platform'
import type { LimitMatrix } from '../../shared/ipc/limits'
import { dataFolder, dropFolder, runCore } from '../support/core-running'
import { plainQuery } from '../support/lists-over'

let platform: Platform
let folder: string
let run: ReturnType<typeof runCore>
let key: { connectionId: string; clientId: string }
let matrix: LimitMatrix

beforeAll(async () => {
  platform = await startPlatform({ clients: 6, pageSize: 100 })
  folder = dataFolder()
  run = runCore({ folder, start: { connect: { baseUrl: platform.url, token: platform.token } } })
  await run.core.whenStarted
  const connectionId = (await run.call('connections', 'list', {}))[0]?.id ?? ''
  await run.until(async () => (await run.call('sync', 'status', {})).every((status) => status.complete && status.phase === 'idle'))
  const { rows } = await run.call('clients', 'list', { query: plainQuery(connectionId), offset: 0, limit: 50 })
  key = { connectionId, clientId: rows[0]?.id ?? '' }
  matrix = await run.call('limits', 'get', key)
  // What is taken stays queued.
  await platform.close()
})
afterAll(async () => {
  await run.core.stop()
  dropFolder(folder)
})

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'taken',
    (error: unknown) => (error as { code: string }).code,
  )
const waiting = async (): Promise<number> => (await run.call('outbox', 'list', { connectionId: null, offset: 0, limit: 50 })).total
const cell = (change: object = {}) => ({
  hypervisorId: matrix.hypervisors[0]?.id ?? '',
  type: 'ip' as const,
  base: null,
  value: 1,
  ...change,
})

it.each<[string, () => object[], string]>([
  ['a hypervisor that nobody knows', () => [cell({ hypervisorId: 'nowhere' })], 'invalid-input'],
  ['a place twice', () => [cell(), cell({ value: 2 })], 'invalid-input'],
  ['less than nothing', () => [cell({ value: -1 })], 'invalid-input'],
  ['half a piece', () => [cell({ value: 0.5 })], 'invalid-input'],
  ['more than any platform counts', () => [cell({ value: 3_000_000_000 })], 'invalid-input'],
  ['a type that does not exist', () => [cell({ type: 'gold' })], 'invalid-input'],
  ['nothing at all', () => [], 'invalid-input'],
])('limits: %s is refused by the core, not by its form alone', async (_what, cells, code) => {
  const before = await waiting()
  expect(await refusal(run.call('limits', 'set', { ...key, cells: cells() as never }))).toBe(code)
  expect(await waiting()).toBe(before)
})

it('limits: a client of another connection, or of none, is not there', async () => {
  expect(await refusal(run.call('limits', 'set', { ...key, clientId: 'another', cells: [cell()] }))).toBe('not-found')
  expect(await refusal(run.call('limits', 'set', { ...key, connectionId: 'another', cells: [cell()] }))).toBe('not-found')
})

it('a command is put away as an order to a server only if it is one', async () => {
  const { commandId } = await run.call('limits', 'set', { ...key, cells: [cell({ base: matrix.cells[0]?.limit ?? null })] })
  const before = await waiting()
  expect(await refusal(run.call('servers', 'seen', { commandId }))).toBe('not-found')
  expect(await waiting()).toBe(before)
})
