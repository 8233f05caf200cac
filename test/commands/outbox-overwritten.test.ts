import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../electron/core/store/connection'
import { createTestClock, type TestClock } from '../support/core-clock'
import { addConnection, CONNECTION, createNotesConsole, type NotesConsole } from '../support/notes-console'
import { createNotesPlatform, type NotesPlatform } from '../support/notes-platform'

const key = { connectionId: CONNECTION, clientId: 'a' }
const NOTES = 12
let clock: TestClock
let platform: NotesPlatform
const stores: Store[] = []

/** One person's console: a store and an outbox of its own, at the platform that both share. */
const person = (more: { slow?: () => Promise<void> } = {}) => {
  const store = openStore({ folder: '', key: null, clock })
  stores.push(store)
  addConnection(store, clock)
  const seen: NotesPlatform = { ...platform, adapter: { ...platform.adapter, notes: { ...platform.adapter.notes } } }
  const { slow } = more
  if (slow)
    seen.adapter.notes.ofClient = async (...args) => {
      const notes = await platform.adapter.notes.ofClient(...args)
      await slow()
      return notes
    }
  return { store, app: createNotesConsole({ store, clock, platform: seen }) }
}
const waits = (app: NotesConsole) => app.commands.list({ connectionId: null, offset: 0, limit: 200 }).rows

beforeEach(() => {
  clock = createTestClock()
  platform = createNotesPlatform(clock)
})
afterEach(() => {
  for (const store of stores.splice(0)) store.close()
})

const bothHave = async (...consoles: { store: Store }[]): Promise<void> => {
  const { applyNote } = await import('../../electron/core/store/cache/notes')
  for (const { store } of consoles) for (const note of platform.notes.values()) applyNote(store, CONNECTION, note)
}

describe('two consoles that change the same note at the same moment', () => {
  it('lose no text silently: whoever was overwritten is told, with both texts', async () => {
    for (let n = 0; n < NOTES; n++) platform.add({ clientId: 'a', text: `note ${String(n)}` })
    const latency = (): Promise<void> => new Promise((resolve) => void clock.after(120, resolve))
    const [ann, bob] = [person({ slow: latency }), person({ slow: latency })]
    await bothHave(ann, bob)
    for (let n = 1; n <= NOTES; n++) {
      ann.app.notes.update({ ...key, id: `n${String(n)}`, text: `ann ${String(n)}`, alertAt: null })
      bob.app.notes.update({ ...key, id: `n${String(n)}`, text: `bob ${String(n)}`, alertAt: null })
    }
    await clock.advance(120_000)
    let overwritten = 0
    for (let n = 1; n <= NOTES; n++) {
      const stands = platform.notes.get(`n${String(n)}`)?.text
      for (const [app, mine] of [
        [ann.app, `ann ${String(n)}`],
        [bob.app, `bob ${String(n)}`],
      ] as const) {
        if (stands === mine) continue
        expect(waits(app).find((row) => row.subject.id === `n${String(n)}`)).toMatchObject({
          state: 'conflict',
          mine: { text: mine },
          theirs: { text: stands },
        })
        overwritten++
      }
    }
    expect(overwritten).toBe(NOTES)
  })

  it('tell apart what was never sent and what was sent and overwritten, and send again what is chosen', async () => {
    platform.add({ clientId: 'a', text: 'one' })
    const ann = person()
    await bothHave(ann)
    ann.app.notes.update({ ...key, id: 'n1', text: 'mine', alertAt: null })
    await clock.advance(100)
    expect(platform.notes.get('n1')?.text).toBe('mine')
    expect(waits(ann.app)).toEqual([])
    platform.edit('n1', { text: 'theirs' })
    await clock.advance(10_000)
    expect(waits(ann.app)).toMatchObject([
      { state: 'conflict', base: { text: 'one' }, theirs: { text: 'theirs' }, error: { details: { reason: 'overwritten' } } },
    ])
    ann.app.commands.resolve({ id: waits(ann.app)[0]?.id ?? '', keep: 'mine', theirs: [] })
    await clock.advance(60_000)
    expect(platform.notes.get('n1')?.text).toBe('mine')
    expect(waits(ann.app)).toEqual([])
  })

  it('are looked at after a kill too', async () => {
    platform.add({ clientId: 'a', text: 'one' })
    const ann = person()
    await bothHave(ann)
    ann.app.notes.update({ ...key, id: 'n1', text: 'mine', alertAt: null })
    await clock.advance(100)
    ann.app.kill()
    platform.edit('n1', { text: 'theirs' })
    const next = createNotesConsole({ store: ann.store, clock, platform })
    next.outbox.start()
    await clock.advance(1000)
    expect(waits(next)).toMatchObject([{ state: 'conflict', theirs: { text: 'theirs' } }])
  })

  it('do not call our own next change someone else’s', async () => {
    platform.add({ clientId: 'a', text: 'one' })
    const ann = person()
    await bothHave(ann)
    ann.app.notes.update({ ...key, id: 'n1', text: 'two', alertAt: null })
    await clock.advance(100)
    ann.app.notes.update({ ...key, id: 'n1', text: 'three', alertAt: null })
    await clock.advance(60_000)
    expect(waits(ann.app)).toEqual([])
    expect(platform.notes.get('n1')?.text).toBe('three')
  })
})
