import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startPlatform, type Platform } from '../../electron/demo/platform'
import type { Input, Output } from '../../shared/ipc/contract'
import { dataFolder, dropFolder, runCore } from '../support/core-running'
import { controlOf } from '../support/platform-control'

type Console = ReturnType<typeof runCore>
type Preview = Output<'limits', 'bulkPreview'>
type Rule = Input<'limits', 'bulkPreview'>['rules'][number]

/** Each test that changes something has clients of its own: what is answered is looked at once more seconds later. */
const OWN = 6
const CLIENTS = 5 * OWN
let platform: Platform
let folder = ''
let console: Console
let connectionId = ''
let ids: string[] = []
/** The limit of each client on the platform. */
const limitAt = new Map<string, string>()
let hypervisorId = ''

const control = () => controlOf(platform)
const run = (): Console =>
  runCore({ folder, start: { startDemo: true }, answers: { startDemo: () => ({ ...platform, port: Number(new URL(platform.url).port) }) } })
const limitsOf = async (): Promise<{ id: string; client: string; type: string; value: number }[]> =>
  (await control().state('limit')) as never
const onPlatform = async (own: readonly string[]): Promise<number[]> => {
  const values = new Map((await limitsOf()).map(({ id, value }) => [id, value]))
  return own.map((id) => values.get(limitAt.get(id) ?? '') ?? -1)
}
const everyone = (): Input<'clients', 'list'>['query'] => ({
  ...{ connectionId, view: 'all', text: '', filters: [] },
  sort: { by: 'name', desc: false },
})
const allClients = (): Input<'limits', 'bulkPreview'>['choice'] => ({
  ...{ connectionId, query: everyone() },
  selection: { mode: 'allExcept', rows: [] },
})
const everyRow = { mode: 'allExcept' as const, ids: [] as string[] }
const set = (value: number): Rule => ({ act: 'set', hypervisorId, type: 'cpu', value })
const preview = (rules: Rule[], more: Partial<Input<'limits', 'bulkPreview'>> = {}): Promise<Preview> =>
  console.call('limits', 'bulkPreview', { choice: allClients(), rules, left: everyRow, view: 'all', offset: 0, limit: 100, ...more })
const some = (own: string[]): Input<'limits', 'bulkPreview'>['choice'] => ({
  ...allClients(),
  selection: { mode: 'some', rows: [{ connectionId, ids: own }] },
})
const begin = async (rules: Rule[], choice: Input<'limits', 'bulkPreview'>['choice']): Promise<string> => {
  const { chosen } = await preview(rules, { choice })
  const { batchId } = await console.call('limits', 'bulkStart', {
    batchId: randomUUID(),
    choice,
    rules,
    left: everyRow,
    mark: chosen.mark,
  })
  return batchId
}
const progress = async (id: string) => (await console.call('batches', 'get', { id, view: 'all', offset: 0, limit: 100 })).batch
const ended = (id: string) =>
  console.until(async () => {
    const now = await progress(id)
    return now.waiting + now.sending + now.unknown + now.retrying === 0 && now
  })
const inGroup = async (id: string, view: Input<'batches', 'get'>['view']) =>
  (await console.call('batches', 'get', { id, view, offset: 0, limit: 100 })).rows.flatMap((row) => ('state' in row ? [row] : []))

beforeAll(async () => {
  platform = await startPlatform({ clients: CLIENTS, pageSize: 100, speed: 0 })
  for (const { id } of await limitsOf()) await control().tell('/mutate', { op: 'delete', dataset: 'limit', id })
  ids = (await control().state('client')).map(({ id }) => id)
  for (const client of ids) {
    const made = await control().tell<{ id: string }>('/mutate', {
      ...{ op: 'create', dataset: 'limit' },
      fields: { client, type: 'cpu', value: 20 },
    })
    limitAt.set(client, made.id)
  }
  folder = dataFolder()
  console = run()
  await console.core.whenStarted
  connectionId = (await console.until(async () => (await console.call('connections', 'list', {}))[0]?.id)) ?? ''
  await console.until(async () => {
    const { rows } = await console.call('clients', 'list', { query: everyone(), offset: 0, limit: 50 })
    const states = await console.call('sync', 'status', {})
    return rows.length === ids.length && rows.every(({ limitsAt }) => limitsAt !== null) && states.every(({ complete }) => complete)
  })
  const first = await console.call('limits', 'get', { connectionId, clientId: ids[0] ?? '' })
  hypervisorId = first.cells.find(({ limit }) => limit !== null)?.hypervisorId ?? ''
}, 60_000)
afterAll(async () => {
  await console.core.stop()
  await platform.close()
  dropFolder(folder)
})
describe('the preview of limits of many clients', () => {
  it('tells for each client old and new, and what all of it comes to', async () => {
    const { rows, counts, chosen, totals, places } = await preview([
      { act: 'raise', hypervisorId: null, type: 'cpu', by: 25, unit: 'percent', step: 1 },
    ])
    expect(counts.out + counts.same).toBe(0)
    expect(chosen).toMatchObject({ clients: ids.length, values: ids.length })
    const cells = rows.flatMap((row) => ('cells' in row ? row.cells : []))
    expect(cells.filter(({ was, then }) => was === 20 && then === 25)).toHaveLength(ids.length)
    expect(totals.reduce((sum, one) => sum + one.then - one.was, 0)).toBe(5 * ids.length)
    expect(places.length).toBeGreaterThan(0)
  })

  it('puts what is below use, or above the partner, on top', async () => {
    const below = await preview([set(0)])
    expect(below.rows[0]).toMatchObject({ group: 'check' })
    expect(below.chosen.belowUse).toBeGreaterThan(0)
    const above = await preview([set(2_000_000_000)])
    const kinds = above.rows.flatMap((row) => ('cells' in row ? row.cells.flatMap((cell) => cell.warnings.map(({ kind }) => kind)) : []))
    expect(kinds).toContain('above-partner')
  })

  it('leaves out a row, and names what is no longer there', async () => {
    const [first = ''] = ids
    expect((await preview([set(7)], { left: { mode: 'allExcept', ids: [first] } })).chosen.clients).toBe(ids.length - 1)
    const named = { ...allClients(), selection: { mode: 'some' as const, rows: [{ connectionId, ids: [first, 'nobody'] }] } }
    expect(await preview([set(7)], { choice: named })).toMatchObject({ gone: 1, chosen: { clients: 1 } })
  })
})

describe('a batch of limits', () => {
  let own: string[] = []
  let turn = 0
  beforeEach(() => {
    own = ids.slice(OWN * turn, OWN * (turn + 1))
    turn++
  })
  it('begins with three, carries all of them out, and is taken back but for what was changed since, which is listed', async () => {
    const id = await begin([set(16)], some(own))
    expect(await ended(id)).toMatchObject({ done: OWN, first: 3, state: 'all', rejected: 0 })
    expect(await onPlatform(own)).toEqual(own.map(() => 16))
    await control().tell('/mutate', { op: 'update', dataset: 'limit', id: limitAt.get(own[0] ?? ''), fields: { value: 7 } })
    const before = await console.call('batches', 'undoPreview', { id })
    const undo = await console.call('batches', 'undo', { id })
    expect(undo).toMatchObject({ commands: before.commands, without: 0 })
    expect(await ended(undo.id ?? '')).toMatchObject({ done: OWN - 1, undoOf: id })
    // Found by the look a moment after the write, or by the undo: whichever came first has told it.
    const listed = [...(await inGroup(undo.id ?? '', 'decide')), ...(await inGroup(id, 'decide'))]
    expect(listed).toMatchObject([{ state: 'conflict', clientId: own[0], fields: [{ theirs: 7 }] }])
    expect((await progress(id)).undoneBy).toBe(undo.id)
    expect(await onPlatform(own)).toEqual([7, ...own.slice(1).map(() => 20)])
  })

  it('stops after its trial where the platform refuses; another value for the refused one sends it again, and the rest goes on', async () => {
    const id = await begin([set(2_000_000_000)], some(own))
    await console.until(async () => (await progress(id)).state === 'stopped')
    await console.until(async () => (await progress(id)).rejected === 3)
    expect(await progress(id)).toMatchObject({ waiting: OWN - 3, done: 0 })
    for (const { id: commandId } of await inGroup(id, 'decide'))
      await console.call('limits', 'change', { commandId, cells: [{ hypervisorId, type: 'cpu', value: 5 }] })
    await console.until(async () => (await progress(id)).done === 3)
    expect((await progress(id)).state).toBe('all')
    expect(await ended(id)).toMatchObject({ done: 3, rejected: OWN - 3 })
  })

  it('is refused where the plan is no longer what was seen, and where nothing would change', async () => {
    const choice = allClients()
    const { chosen } = await preview([set(16)], { left: { mode: 'some', ids: ids.slice(-2) } })
    const start = (rules: Rule[], mark = chosen.mark, left: Input<'limits', 'bulkStart'>['left'] = { mode: 'some', ids: ids.slice(-2) }) =>
      console.call('limits', 'bulkStart', { batchId: randomUUID(), choice, rules, left, mark })
    const before = (await console.call('batches', 'list', { limit: 10 })).rows.length
    await expect(start([set(17)])).rejects.toMatchObject({ code: 'rejected', details: { reason: 'changed' } })
    await expect(start([set(16)], chosen.mark, { mode: 'some', ids: ids.slice(-1) })).rejects.toMatchObject({
      details: { reason: 'changed' },
    })
    await expect(start([set(20)])).rejects.toMatchObject({ details: { reason: 'nothing' } })
    expect((await console.call('batches', 'list', { limit: 10 })).rows).toHaveLength(before)
  })

  it('waits while the platform is away, over a restart too, is one line of the outbox, and can be cancelled', async () => {
    await control().tell('/down')
    const id = await begin([set(16)], some(own))
    const outbox = await console.call('outbox', 'list', { connectionId: null, offset: 0, limit: 50 })
    expect(outbox).toMatchObject({ counts: { waiting: OWN, batches: 1 } })
    expect(outbox.rows.filter(({ batchId }) => batchId === id)).toEqual([])
    await console.core.stop()
    console = run()
    await console.core.whenStarted
    expect(await progress(id)).toMatchObject({ total: OWN, done: 0, about: { rules: [{ act: 'set', number: 16, type: 'cpu' }] } })
    await console.call('batches', 'cancel', { id })
    await control().tell('/up')
    expect(await progress(id)).toMatchObject({ dropped: OWN, waiting: 0, state: 'cancelled' })
    expect(await onPlatform(own)).toEqual(own.map(() => 20))
  })

  it('a client that somebody else changed meanwhile is a conflict; a value of our own on its way is built upon', async () => {
    await control().tell('/down')
    const [first = '', second = ''] = own
    const cell = (base: number, value: number) => ({ cells: [{ hypervisorId, type: 'cpu' as const, base, value }] })
    await console.call('limits', 'set', { connectionId, clientId: first, ...cell(20, 22) })
    const seen = await preview([{ act: 'raise', hypervisorId, type: 'cpu', by: 5, unit: 'count', step: 1 }])
    expect(seen.rows.find(({ id }) => id === first)).toMatchObject({ group: 'check', cells: [{ was: 22, then: 27, waiting: true }] })
    await control().tell('/mutate', { op: 'update', dataset: 'limit', id: limitAt.get(second), fields: { value: 21 } })
    const id = await begin([{ act: 'raise', hypervisorId, type: 'cpu', by: 5, unit: 'count', step: 1 }], some(own))
    await control().tell('/up')
    await console.until(async () => (await progress(id)).conflicts === 1)
    const batch = await progress(id)
    if (batch.state === 'stopped') await console.call('batches', 'goOn', { id })
    expect(await ended(id)).toMatchObject({ done: OWN - 1, conflicts: 1 })
    expect(await inGroup(id, 'decide')).toMatchObject([{ clientId: second, fields: [{ base: 20, mine: 25, theirs: 21 }] }])
    expect(await onPlatform(own)).toEqual([27, 21, ...own.slice(2).map(() => 25)])
  })
})

describe('a client of which nothing was read', () => {
  it('never takes a client whose limits were not read', async () => {
    const { id } = await control().tell<{ id: string }>('/mutate', { op: 'create', dataset: 'client', fields: { name: 'ООО «Новичок»' } })
    await control().tell('/break', { break: 'client/limit:500' })
    await console.call('sync', 'now', { connectionId })
    const seen = await console.until(async () => {
      const found = await preview([set(7)])
      return found.rows.some((row) => row.id === id) && found
    })
    expect(seen.rows.find((row) => row.id === id)).toMatchObject({ state: 'unread', group: 'out', cells: [] })
    expect(seen.chosen.clients).toBeGreaterThan(0)
    await expect(begin([set(7)], some([id]))).rejects.toMatchObject({ details: { reason: 'nothing' } })
  })
})
