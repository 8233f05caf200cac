import { afterEach, beforeEach, expect, it } from 'vitest'
import { enqueue } from '../../electron/core/commands/enqueue'
import { openStore, type Store } from '../../electron/core/store/connection'
import { HELD, nextDue, nextDueAt } from '../../electron/core/store/local/command-queue'
import { all, inTransaction, run, sql } from '../../electron/core/store/sql'
import { createTestClock, type TestClock } from '../support/core-clock'
import { addConnection, CONNECTION } from '../support/notes-console'
import { createSamplePlatform, createSampleConsole, type SampleConsole } from '../support/sample-platform'

let clock: TestClock
let store: Store
let app: SampleConsole
let online: boolean
const sample = () => createSamplePlatform(clock)

beforeEach(() => {
  clock = createTestClock()
  store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  online = false
  const platform = sample()
  app = createSampleConsole({ store, clock, platform, online: () => online })
  for (let n = 0; n < 1000; n++) platform.values.set(`t${String(n)}`, { size: 1 })
})
afterEach(() => {
  app.kill()
  store.close()
})

const wait = (from: number, to: number): void => {
  inTransaction(store.local, () => {
    for (let n = from; n < to; n++) {
      const subject = { dataset: 'servers' as const, uid: `t${String(n)}`, id: `t${String(n)}` }
      enqueue(app.room, { connectionId: CONNECTION, clientId: null, kind: 'sample.set', subject, payload: { size: 2 }, base: { size: 1 } })
    }
  })
}
/** Milliseconds of the fastest of many looks for what may go, while two others are under way. */
const look = (): number => {
  let best = Infinity
  for (let n = 0; n < 300; n++) {
    const at = performance.now()
    nextDue(store.local, { connectionId: CONNECTION, now: clock.now(), busy: ['servers t0', 'servers t1'] })
    nextDueAt(store.local, CONNECTION, clock.now())
    best = Math.min(best, performance.now() - at)
  }
  return best
}

it('looking for the next command costs the same whether ten or a thousand wait', () => {
  wait(0, 10)
  const ten = look()
  wait(10, 1000)
  expect(look()).toBeLessThan(ten * 3)
})

it('a command is read a fixed number of times, however many wait', async () => {
  const read = async (count: number): Promise<number> => {
    wait(0, count)
    let parsed = 0
    const { parse } = JSON
    JSON.parse = (...args: Parameters<typeof parse>) => {
      parsed++
      return parse(...args) as unknown
    }
    online = true
    app.queue.kick(CONNECTION)
    await app.queue.whenIdle()
    JSON.parse = parse
    online = false
    expect(all(store.local, sql`SELECT 1 FROM command WHERE state = 'done'`)).toHaveLength(count)
    run(store.local, sql`DELETE FROM command`)
    return parsed / count
  }
  const ten = await read(10)
  expect(await read(300)).toBeLessThan(ten * 1.1)
})

it('what is waited for is found by an index, and what a batch holds back is not waited for', () => {
  wait(0, 20)
  const plan = all<{ detail: string }>(
    store.local,
    sql`EXPLAIN QUERY PLAN SELECT * FROM command WHERE connection_id = 'c1' AND is_active = 1 AND due_at <= 5 ORDER BY due_at, seq LIMIT 1`,
  ).map(({ detail }) => detail)
  expect(plan).toEqual([expect.stringContaining('USING INDEX command_due')])
  run(store.local, sql`UPDATE command SET due_at = ${HELD}`)
  expect(nextDue(store.local, { connectionId: CONNECTION, now: clock.now(), busy: [] })).toBeNull()
  expect(nextDueAt(store.local, CONNECTION, clock.now())).toBeNull()
})
