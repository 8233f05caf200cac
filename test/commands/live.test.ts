import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runLive } from '../../electron/core/commands/live'
import { openStore, type Store } from '../../electron/core/store/connection'
import { outboxCounts } from '../../electron/core/store/local/command-counts'
import { pendingCommands } from '../../electron/core/commands/overlay'
import { selectCommands, type Command } from '../../electron/core/store/local/commands'
import { run, sql } from '../../electron/core/store/sql'
import { AppError } from '../../shared/errors'
import { createTestClock, type TestClock } from '../support/core-clock'
import { addConnection, CONNECTION } from '../support/notes-console'
import { createSamplePlatform, createSampleConsole, type SamplePlatform, type SampleConsole } from '../support/sample-platform'

let clock: TestClock
let store: Store
let platform: SamplePlatform
let app: SampleConsole
let online: boolean

const open = (): SampleConsole => createSampleConsole({ store, clock, platform, online: () => online })
beforeEach(() => {
  clock = createTestClock()
  store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  platform = createSamplePlatform(clock)
  platform.values.set('t', { size: 1 })
  online = true
  app = open()
})
afterEach(() => {
  app.kill()
  store.close()
})

const power = (): Promise<Command> =>
  runLive(
    {
      ...app.room,
      queue: app.queue,
      link: () => {
        const link = app.link()
        if (!link) throw new AppError('needs-connection', 'not reachable')
        return link
      },
    },
    {
      connectionId: CONNECTION,
      clientId: null,
      kind: 'sample.power',
      subject: { dataset: 'servers', uid: 't', id: 't' },
      payload: { size: 5 },
      base: { size: 1 },
    },
  )
const states = (): string[] => selectCommands(store.local, sql`1`).map(({ state }) => state)
const restart = (): void => {
  app.kill()
  app = open()
  app.start()
}

describe('what is done live', () => {
  it('is refused without a connection, and leaves nothing behind', async () => {
    online = false
    await expect(power()).rejects.toMatchObject({ code: 'needs-connection' })
    expect(states()).toEqual([])
  })

  it('runs as a job of the platform, is polled over a restart, and is done when the job is', async () => {
    expect(await power()).toMatchObject({ state: 'running', job: 'j1' })
    expect(outboxCounts(store.local)).toEqual({ waiting: 1, decide: 0, batches: 0 })
    restart()
    await clock.advance(10_000)
    expect(states()).toEqual(['running'])
    await clock.advance(15_000)
    expect(states()).toEqual(['done'])
    expect(platform.values.get('t')).toEqual({ size: 5 })
    expect(platform.changes).toHaveLength(1)
  })

  it('fails with its job, in the platform’s words, and is not sent again', async () => {
    platform.jobFails.push(true)
    await power()
    await clock.advance(60_000)
    const [command] = pendingCommands(store.local, { connectionId: CONNECTION, dataset: 'servers', subject: 't' })
    expect(command).toMatchObject({ state: 'rejected', error: { details: { texts: ['no room'] } } })
    expect(() => {
      app.review.retry(command?.id ?? '')
    }).toThrow(expect.objectContaining({ code: 'rejected' }) as Error)
    app.review.discard(command?.id ?? '')
    expect(states()).toEqual(['dropped'])
  })

  it.each(['refused', 'rejected'] as const)('that is %s says so at once, and nothing waits', async (fate) => {
    platform.fates.push(fate)
    await expect(power()).rejects.toMatchObject({ code: fate })
    expect(states()).toEqual(['dropped'])
    await clock.advance(600_000)
    expect(platform.changes).toEqual([])
  })

  it('of an unknown outcome is looked for, and followed when it was taken', async () => {
    platform.fates.push('lost-answer')
    await expect(power()).rejects.toMatchObject({ code: 'timeout' })
    expect(states()).toEqual(['unknown'])
    await clock.advance(60_000)
    expect(states()).toEqual(['done'])
    expect(platform.changes).toHaveLength(1)
  })

  it('of an unknown outcome that was not taken ends there: it is never sent by itself', async () => {
    platform.fates.push('lost-request')
    await expect(power()).rejects.toMatchObject({ code: 'offline' })
    await clock.advance(3_600_000)
    expect(selectCommands(store.local, sql`1`)).toMatchObject([{ state: 'rejected', error: { details: { reason: 'not-carried-out' } } }])
    expect(platform.changes).toEqual([])
  })

  it('is looked for after a kill in the middle of its request', async () => {
    platform.fates.push('slow')
    void power()
    await clock.settle()
    expect(states()).toEqual(['sending'])
    restart()
    expect(states()).toEqual(['unknown'])
    await clock.advance(60_000)
    expect(states()).toEqual(['done'])
  })
})

describe('what an older version stored', () => {
  it('is rewritten once; what cannot be read stands as refused with what was typed', async () => {
    online = false
    app.give('sample.set', 't', { size: 2 }, { size: 1 })
    app.give('sample.set', 'u', { size: 2 })
    app.give('sample.set', 'v', { size: 2 })
    run(store.local, sql`UPDATE command SET payload_version = 1, payload = '{"s":7}' WHERE subject_uid = 't'`)
    run(store.local, sql`UPDATE command SET payload_version = 1, payload = '{"s":"x"}' WHERE subject_uid = 'u'`)
    run(store.local, sql`UPDATE command SET kind = 'sample.gone' WHERE subject_uid = 'v'`)
    online = true
    restart()
    await clock.advance(60_000)
    const rows = selectCommands(store.local, sql`1`)
    expect(rows.map(({ subject, state, payload }) => [subject.uid, state, payload])).toEqual([
      ['t', 'done', { size: 7 }],
      ['u', 'rejected', { s: 'x' }],
      ['v', 'rejected', { size: 2 }],
    ])
    expect(rows[1]?.error).toMatchObject({ code: 'storage', details: { reason: 'unreadable-command' } })
    expect(platform.values.get('t')).toEqual({ size: 7 })
  })
})
