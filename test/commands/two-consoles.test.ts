import { randomUUID } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import { startPlatform, type Platform } from '../../electron/demo/platform'
import { dataFolder, dropFolder, runCore } from '../support/core-running'
import { controlOf } from '../support/platform-control'

const NOTES = 12
const LATENCY_MS = 120
type Console = ReturnType<typeof runCore>
const folders: string[] = []
const consoles: Console[] = []
let platform: Platform | null = null

afterEach(async () => {
  for (const { core } of consoles.splice(0)) await core.stop()
  await platform?.close()
  for (const folder of folders.splice(0)) dropFolder(folder)
})

/** A console of its own at the platform, with its first sync behind it. */
const open = async ({ url, token }: Platform): Promise<Console> => {
  const folder = dataFolder()
  folders.push(folder)
  const console = runCore({
    folder,
    start: { startDemo: true },
    answers: { startDemo: () => ({ url, token, port: Number(new URL(url).port) }) },
  })
  consoles.push(console)
  await console.core.whenStarted
  await console.until(async () => {
    const states = await console.call('sync', 'status', {})
    return states.length > 0 && states.every((state) => state.complete && state.phase === 'idle')
  })
  return console
}
const filter = { today: null, authorId: null, system: null }
const window = { offset: 0, limit: 200 }

it('two consoles that change twelve notes at the same moment lose no text silently', async () => {
  platform = await startPlatform({ clients: 5, pageSize: 100, speed: 0.0001 })
  const [ann, bob] = [await open(platform), await open(platform)]
  const keyAt = async (console: Console, clientId: string) => ({
    connectionId: (await console.call('connections', 'list', {}))[0]?.id ?? '',
    clientId,
  })
  const query = { connectionId: null, view: 'all' as const, text: '', filters: [], sort: { by: 'name' as const, desc: false } }
  const clientId = (await ann.call('clients', 'list', { query, ...window })).rows[0]?.id ?? ''
  const [atAnn, atBob] = [await keyAt(ann, clientId), await keyAt(bob, clientId)]
  const notesOf = async (console: Console, key: typeof atAnn) =>
    (await console.call('notes', 'list', { ...key, filter, ...window })).rows.filter(({ text }) => /^(note|ann|bob) /.test(text))
  for (let n = 0; n < NOTES; n++)
    await ann.call('notes', 'create', { ...atAnn, requestId: randomUUID(), text: `note ${String(n)}`, alertAt: null })
  await ann.until(async () => (await ann.call('outbox', 'list', { connectionId: null, ...window })).total === 0)
  await bob.call('sync', 'now', { connectionId: null })
  await bob.call('clients', 'opened', atBob)
  await bob.until(async () => (await notesOf(bob, atBob)).length === NOTES)
  const ids = (await notesOf(bob, atBob)).map(({ id }) => id)

  const control = controlOf(platform)
  await control.tell('/faults', { latency: LATENCY_MS })
  for (const [index, id] of ids.entries()) {
    const edits = [
      ann.call('notes', 'update', { ...atAnn, id, text: `ann ${String(index)}`, alertAt: null }),
      bob.call('notes', 'update', { ...atBob, id, text: `bob ${String(index)}`, alertAt: null }),
    ]
    await Promise.all(edits)
  }
  /** Whose text does not stand on the platform, and is in no conflict of theirs either. */
  const silent = async (): Promise<string[]> => {
    const held = new Map((await control.state('note')).map((row) => [row.id, JSON.stringify(row)]))
    const found: string[] = []
    for (const [who, console] of [
      ['ann', ann],
      ['bob', bob],
    ] as const) {
      const { rows } = await console.call('outbox', 'list', { connectionId: null, ...window })
      for (const [index, id] of ids.entries()) {
        const mine = `${who} ${String(index)}`
        const isTold = rows.some((row) => row.subject.id === id && row.state === 'conflict' && row.words === mine)
        if (!isTold && held.get(id)?.includes(`"${mine}"`) !== true) found.push(mine)
      }
    }
    return found
  }
  // Whoever was overwritten finds out a moment later; on a busy machine that moment is longer.
  await ann.until(async () => (await silent()).length === 0, 90_000)
  const conflicts = async (console: Console): Promise<number> =>
    (await console.call('outbox', 'list', { connectionId: null, ...window })).rows.filter(({ state }) => state === 'conflict').length
  expect((await conflicts(ann)) + (await conflicts(bob))).toBeGreaterThanOrEqual(NOTES)
}, 180_000)
