import fc from 'fast-check'
import { expect } from 'vitest'
import { findCommand, openCommandsOfSubject } from '../../electron/core/store/local/commands'
import { createTestClock } from './core-clock'
import { addConnection, CONNECTION } from './notes-console'
import { createSamplePlatform, createSampleConsole, type SampleFate } from './sample-platform'
import { takeStore } from './reused-store'

const kill = { kind: 'kill' as const }
const fate = fc.constantFrom<SampleFate[]>('ok', 'refused', 'rejected', 'lost-request', 'lost-answer', 'error-after', 'slow')
const event = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('set' as const), which: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('resize' as const), which: fc.nat(2) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('fate' as const), fate }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('job' as const), fails: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('line' as const), online: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 400, 5000, 21_000, 31_000, 70_000) }) },
  { weight: 2, arbitrary: fc.constant(kill) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('edit' as const), which: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clock' as const), ms: fc.constantFrom(-3_600_000, 10_000, 7_200_000) }) },
)

/**
 * Whatever is lost, killed or set back, with jobs that fail at their end: each change reaches the platform once or never, a
 * command is done only if it was carried out, a failed job is its command's failure, and nothing is left half-way but
 * behind something that waits for a person.
 */
export const jobsExactlyOnce = fc.asyncProperty(
  fc.array(event, { minLength: 1, maxLength: 25 }),
  fc.double({ min: 0, max: 0.999, noNaN: true }),
  async (events, chance) => {
    const clock = createTestClock()
    const store = takeStore(clock)
    addConnection(store, clock)
    const platform = createSamplePlatform(clock)
    for (const id of ['t0', 't1', 't2']) platform.values.set(id, { size: 0 })
    let online = true
    let size = 0
    const open = () => createSampleConsole({ store, clock, platform, online: () => online, random: () => chance })
    let app = open()
    app.start()
    const given = new Map<string, { object: string; size: number; job: boolean }>()
    for (const it of events) {
      if (it.kind === 'set' || it.kind === 'resize') {
        const object = `t${String(it.which)}`
        const last = openCommandsOfSubject(store.local, { connectionId: CONNECTION, subject: { dataset: 'servers', uid: object } }).at(-1)
        const base = (last?.payload as { size: number } | undefined) ?? { size: platform.values.get(object)?.['size'] ?? 0 }
        const id = app.give(`sample.${it.kind}`, object, { size: ++size }, base)
        given.set(id, { object, size, job: it.kind === 'resize' })
      } else if (it.kind === 'fate') platform.fates.push(it.fate)
      else if (it.kind === 'job') platform.jobFails.push(it.fails)
      else if (it.kind === 'line') {
        ;({ online } = it)
        if (online) app.queue.kick(CONNECTION)
      } else if (it.kind === 'wait') await clock.advance(it.ms)
      else if (it.kind === 'edit') platform.edit(`t${String(it.which)}`, { size: ++size })
      else if (it.kind === 'clock') clock.jump(it.ms)
      else {
        await clock.settle()
        app.kill()
        app = open()
        app.start()
      }
    }
    platform.fates.length = 0
    online = true
    app.queue.kick(CONNECTION)
    await clock.advance(4 * 3_600_000)

    for (const [id, { object, size: wanted, job }] of given) {
      const command = findCommand(store.local, id)
      const sent = platform.changes.filter((change) => change.values['size'] === wanted).length
      const run = [...platform.jobs.values()].find((one) => one.size === wanted)
      const first = openCommandsOfSubject(store.local, { connectionId: CONNECTION, subject: { dataset: 'servers', uid: object } })[0]
      expect(sent).toBeLessThanOrEqual(1)
      if (command?.state === 'done') expect(sent).toBe(1)
      if (command?.state === 'done' && job) expect(run?.state).toBe('done')
      if (run?.state === 'failed') expect(command).toMatchObject({ state: 'rejected', error: { details: { texts: ['no room'] } } })
      if (run?.state === 'done') expect(command?.state).toBe('done')
      expect(['done', 'rejected', 'conflict', 'pending']).toContain(command?.state)
      if (command?.state === 'pending') expect(['rejected', 'conflict']).toContain(first?.state)
    }
    app.kill()
    store.giveBack()
  },
)
