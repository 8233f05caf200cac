import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../electron/core/store/connection'
import { batchesIn, batchWindow } from '../../electron/core/store/local/batches'
import { all, run, sql } from '../../electron/core/store/sql'
import { createTestClock, type TestClock } from '../support/core-clock'
import { addConnection, CONNECTION } from '../support/notes-console'
import {
  createSamplePlatform,
  createSampleConsole,
  type SampleFate,
  type SamplePlatform,
  type SampleConsole,
} from '../support/sample-platform'

let clock: TestClock
let store: Store
let platform: SamplePlatform
let app: SampleConsole
let online: boolean

const open = (): SampleConsole => createSampleConsole({ store, clock, platform, online: () => online })
const begin = (count: number): void => {
  clock = createTestClock()
  store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  platform = createSamplePlatform(clock)
  online = true
  for (let n = 0; n < count; n++) platform.values.set(`t${String(n)}`, { size: 1, other: n })
  app = open()
}
beforeEach(() => {
  begin(12)
})
afterEach(() => {
  app.kill()
  store.close()
})

const subject = (n: number) => ({ dataset: 'servers' as const, uid: `t${String(n)}`, id: `t${String(n)}` })
const start = (count: number, first: number | null = null): Promise<string> =>
  app.batches.create({
    connectionId: CONNECTION,
    kind: 'sample.set',
    words: 'size 2',
    first,
    commands: Array.from({ length: count }, (_, n) => ({ subject: subject(n), clientId: null, payload: { size: 2 }, base: { size: 1 } })),
  })
const sizes = (): (number | undefined)[] => [...platform.values.values()].map(({ size }) => size)
const quiet = async (): Promise<void> => {
  await clock.advance(600_000)
  await app.queue.whenIdle()
}

describe('a batch', () => {
  it('carries out every command once and tells how far it is', async () => {
    online = false
    const id = await start(12)
    expect(app.batches.progress(id)).toMatchObject({ total: 12, waiting: 12, done: 0, batch: { state: 'all' } })
    online = true
    app.queue.kick(CONNECTION)
    await quiet()
    expect(app.batches.progress(id)).toMatchObject({ total: 12, done: 12, waiting: 0, failed: 0 })
    expect(sizes()).toEqual(Array.from({ length: 12 }, () => 2))
    expect(platform.changes).toHaveLength(12)
  })

  it('begins with a few, and goes on by itself when they are done', async () => {
    platform.fates.push('refused', 'ok', 'slow')
    const id = await start(12, 2)
    await clock.advance(5000)
    expect(new Set(platform.changes.map(({ object }) => object)).size).toBeLessThanOrEqual(2)
    expect(app.batches.progress(id)).toMatchObject({ batch: { state: 'first' } })
    await quiet()
    expect(app.batches.progress(id)).toMatchObject({ done: 12, batch: { state: 'all' } })
  })

  it('stops where one of the first fails, until a person says how to go on', async () => {
    platform.fates.push('rejected')
    const id = await start(12, 2)
    await quiet()
    expect(app.batches.progress(id)).toMatchObject({ done: 1, failed: 1, waiting: 10, batch: { state: 'stopped' } })
    expect(app.batches.retryFailed(id)).toBe(1)
    await quiet()
    expect(app.batches.progress(id)).toMatchObject({ done: 12, batch: { state: 'all' } })
  })

  it('goes on without the failed one when that is what a person wants', async () => {
    platform.fates.push('rejected')
    const id = await start(12, 2)
    await quiet()
    app.batches.goOn(id)
    await quiet()
    expect(app.batches.progress(id)).toMatchObject({ done: 11, failed: 1, waiting: 0 })
  })

  it('that is cancelled sends nothing more, and keeps what was done', async () => {
    const id = await start(12, 3)
    await clock.advance(1)
    online = false
    app.batches.cancel(id)
    const sent = platform.changes.length
    online = true
    app.queue.kick(CONNECTION)
    await quiet()
    expect(platform.changes).toHaveLength(sent)
    expect(app.batches.progress(id)).toMatchObject({ done: sent, dropped: 12 - sent, batch: { state: 'cancelled' } })
    expect(() => {
      app.batches.goOn(id)
    }).toThrow(expect.objectContaining({ code: 'rejected' }) as Error)
  })

  it('goes on after a kill, and one that was only half written is no more', async () => {
    const id = await start(12, 2)
    app.kill()
    run(store.local, sql`INSERT INTO batch SELECT 'half', connection_id, kind, words, 'preparing', 2, NULL, 0, 0, NULL, NULL FROM batch`)
    app = open()
    app.start()
    await quiet()
    expect(app.batches.progress(id)).toMatchObject({ done: 12 })
    expect(batchesIn(store.local, 'preparing')).toEqual([])
    expect(app.batches.list(10).map(({ batch }) => batch.id)).toEqual([id])
  })

  it('taken back as a whole restores all but what was changed since, and lists that', async () => {
    const id = await start(12)
    await quiet()
    platform.edit('t3', { size: 77 })
    platform.edit('t5', { other: 1000 })
    const undo = await app.batches.undo(id)
    expect(undo).toMatchObject({ commands: 12, without: 0, underWay: 0 })
    await quiet()
    expect(sizes()).toEqual(Array.from({ length: 12 }, (_, n) => (n === 3 ? 77 : 1)))
    const back = app.batches.progress(undo.id ?? '')
    expect(back).toMatchObject({ done: 11, failed: 1, batch: { undoOf: id } })
    expect(app.batches.commands({ id: back.batch.id, after: 0, limit: 50, state: 'conflict' })).toMatchObject([
      { subject: { uid: 't3' }, base: { size: 2 }, payload: { size: 1 }, theirs: { size: 77 } },
    ])
  })

  it('asked for again under the same name is the same batch; one that was given up half-written is made anew', async () => {
    const wanted = { connectionId: CONNECTION, kind: 'sample.set', words: 'size 2', first: null, id: 'mine' }
    const commands = [{ subject: subject(0), clientId: null, payload: { size: 2 }, base: { size: 1 } }]
    expect(await app.batches.create({ ...wanted, commands })).toBe('mine')
    expect(await app.batches.create({ ...wanted, commands })).toBe('mine')
    await quiet()
    expect(platform.changes).toHaveLength(1)
    run(store.local, sql`INSERT INTO batch SELECT 'half', connection_id, kind, words, 'cancelled', 2, NULL, 0, 0, NULL, NULL FROM batch`)
    expect(await app.batches.create({ ...wanted, id: 'half', commands })).not.toBe('half')
  })

  it('taken back twice reverses each change once; what was under way at the first time has its turn at the second', async () => {
    const id = await start(12)
    await quiet()
    const first = await app.batches.undo(id)
    expect(await app.batches.undo(id)).toMatchObject({ id: first.id, commands: 0 })
    await quiet()
    expect(platform.changes).toHaveLength(24)
    expect(await app.batches.undoPreview(id)).toMatchObject({ commands: 0, changed: [] })
  })

  it('lists its commands by what they need, each group with its place', async () => {
    platform.fates.push('rejected')
    const id = await start(12, 3)
    await quiet()
    const groups = ['decide', 'done', 'waiting'] as const
    const sizesOf = groups.map((group) => batchWindow(store.local, { id, group, offset: 0, limit: 50 }).length)
    expect(sizesOf).toEqual([1, 2, 9])
    const all = batchWindow(store.local, { id, group: null, offset: 0, limit: 50 })
    expect(all.map(({ state }) => state)).toEqual(['rejected', ...Array.from({ length: 9 }, () => 'pending'), 'done', 'done'])
  })

  it('writes the action log: the batch once, each change with before and after, and its end', async () => {
    await start(2)
    await quiet()
    const log = all<{ action: string; details: string }>(store.local, sql`SELECT action, details FROM action_log ORDER BY id`)
    expect(log.map(({ action }) => action).sort()).toEqual([
      'batch.start',
      'sample.set',
      'sample.set',
      'sample.set.done',
      'sample.set.done',
    ])
    const end = log.find(({ action }) => action === 'sample.set.done')
    expect(JSON.parse(end?.details ?? '{}')).toMatchObject({ before: { size: 1 }, after: { size: 2 } })
  })
})

const fate = fc.constantFrom<SampleFate[]>('ok', 'refused', 'rejected', 'lost-request', 'lost-answer', 'error-after', 'slow')
const event = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('fate' as const), fate }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 500, 31_000) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'kill' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'retry' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'cancel' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('edit' as const), which: fc.nat(7) }) },
)

it('whatever happens to it, a batch sends each change at most once, counts all, and its undo restores what nobody else changed', async () => {
  const property = fc.asyncProperty(
    fc.array(event, { maxLength: 12 }),
    fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
    async (events, first) => {
      begin(8)
      const id = await start(8, first)
      const edited = new Set<string>()
      for (const it of events) {
        if (it.kind === 'fate') platform.fates.push(it.fate)
        else if (it.kind === 'wait') await clock.advance(it.ms)
        else if (it.kind === 'retry') app.batches.retryFailed(id)
        else if (it.kind === 'cancel') app.batches.cancel(id)
        else if (it.kind === 'edit') {
          edited.add(`t${String(it.which)}`)
          platform.edit(`t${String(it.which)}`, { size: 77 })
        } else {
          await clock.settle()
          app.kill()
          app = open()
          app.start()
        }
      }
      platform.fates.length = 0
      await quiet()
      const { total, done, failed, underWay, waiting, dropped, batch } = app.batches.progress(id)
      expect(done + failed + underWay + waiting + dropped).toBe(total)
      expect([total, underWay]).toEqual([8, 0])
      if (waiting > 0) expect(batch.state).toBe('stopped')
      for (const [object] of platform.values) expect(platform.changes.filter((it) => it.object === object).length).toBeLessThanOrEqual(1)
      const undo = await app.batches.undo(id)
      await quiet()
      for (const [object, { size }] of platform.values) if (!edited.has(object)) expect(size).toBe(1)
      if (undo.id !== null) {
        const back = app.batches.progress(undo.id)
        expect(back.done + back.failed).toBe(back.total)
      }
      app.kill()
      store.close()
    },
  )
  await fc.assert(property, { numRuns: 300, interruptAfterTimeLimit: 5000, markInterruptAsFailure: false })
  begin(1)
}, 30_000)
