import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openStore } from '../../electron/core/store/connection'
import { openWindow } from '../../electron/core/store/local/command-counts'
import { migrate } from '../../electron/core/store/migrate'
import { localMigrations } from '../../electron/core/store/migrations'
import { openFile } from '../../electron/core/store/open-file'
import { run, sql, type Db } from '../../electron/core/store/sql'
import type { Note } from '../../shared/domain/entities'
import { createTestClock } from '../support/core-clock'
import { CONNECTION, createNotesConsole, everythingOffered } from '../support/notes-console'
import { createNotesPlatform } from '../support/notes-platform'
import { storeBench, TEST_KEY } from '../support/store-in-folder'

const bench = storeBench()

interface Old {
  id: string
  kind?: 'note.create' | 'note.update' | 'note.confirm'
  client?: string
  uid?: string
  noteId?: string | null
  mine: string
  confirmed?: boolean
  base?: string
  theirs?: string
  state: string
  nextAt?: number
  sentAt?: number
  answer?: Note
  known?: string[]
}

const fields = (text: string | undefined, confirmed = false): string | null =>
  text === undefined ? null : JSON.stringify({ text, alertAt: null, confirmed })

/** A local.db as the version before commands of every kind left it. */
const writeOld = (db: Db, rows: readonly Old[], now: number): void => {
  migrate(db, { steps: localMigrations.slice(0, 8), file: 'local.db', backup: () => undefined })
  run(
    db,
    sql`INSERT INTO connection (id, platform, name, base_url, utc_offset_minutes, color, demo, account_id, state, capabilities, created_at)
      VALUES (${CONNECTION}, 'rustack', 'Cloud', 'http://127.0.0.1:1', 0, 'teal', 0, 'me', 'active', ${JSON.stringify(everythingOffered())}, 0)`,
  )
  for (const [index, it] of rows.entries()) {
    const sent = it.sentAt ?? null
    run(
      db,
      sql`INSERT INTO outbox (id, connection_id, kind, client_id, note_uid, note_id, mine, base, theirs, state, attempts, next_at, first_sent_at,
          last_sent_at, error, seq, created_at, updated_at, answer, known)
        VALUES (${it.id}, ${CONNECTION}, ${it.kind ?? 'note.create'}, ${it.client ?? it.id}, ${it.uid ?? `local:${it.id}`}, ${it.noteId ?? null},
          ${fields(it.mine, it.confirmed)}, ${fields(it.base)}, ${fields(it.theirs)}, ${it.state}, ${sent === null ? 0 : 1}, ${it.nextAt ?? null}, ${sent}, ${sent},
          NULL, ${index + 1}, ${now - 1000}, ${now - 1000}, ${it.answer ? JSON.stringify(it.answer) : null}, ${it.known ? JSON.stringify(it.known) : null})`,
    )
    // Stored in one transaction with the answer.
    if (it.answer) run(db, sql`INSERT INTO note_identity VALUES (${CONNECTION}, ${`local:${it.id}`}, ${it.answer.id})`)
  }
}

it('notes that wait in every state of the earlier version are taken over, and drained exactly once', async () => {
  const folder = bench.folder()
  const clock = createTestClock()
  const platform = createNotesPlatform(clock)
  const [arrived, answered, edited, agreed] = ['arrived', 'answered', 'before', 'confirm me'].map((text) =>
    platform.add({ clientId: text, text }),
  ) as [Note, Note, Note, Note]
  const now = clock.now()
  const db = openFile({ path: join(folder, 'local.db'), key: TEST_KEY, cacheKib: 100 })
  writeOld(
    db,
    [
      { id: 'fresh', mine: 'fresh', state: 'pending' },
      { id: 'later', mine: 'later', state: 'pending', nextAt: now + 5000, sentAt: now - 2000, known: [] },
      { id: 'lost', mine: 'lost', state: 'sending', sentAt: now - 500, known: [] },
      { id: 'arrived', mine: 'arrived', state: 'sending', sentAt: now - 500, known: [] },
      { id: 'answered', mine: 'answered', state: 'sending', sentAt: now - 500, known: [], noteId: answered.id, answer: answered },
      { id: 'unsure', mine: 'unsure', state: 'unknown', sentAt: now - 5000, nextAt: now + 26_000, known: [] },
      { id: 'twin', client: 'unsure', mine: 'unsure', state: 'pending' },
      {
        id: 'u',
        kind: 'note.update',
        client: 'before',
        uid: edited.id,
        noteId: edited.id,
        mine: 'after',
        base: 'before',
        state: 'pending',
      },
      {
        id: 'c',
        kind: 'note.confirm',
        client: 'confirm me',
        uid: agreed.id,
        noteId: agreed.id,
        mine: 'confirm me',
        confirmed: true,
        base: 'confirm me',
        state: 'pending',
      },
      { id: 'chain', mine: 'chain', state: 'pending' },
      { id: 'chain 2', kind: 'note.update', client: 'chain', uid: 'local:chain', mine: 'chain two', base: 'chain', state: 'pending' },
      { id: 'conflict', kind: 'note.update', uid: 'x', noteId: 'x', mine: 'm', base: 'b', theirs: 't', state: 'conflict' },
      { id: 'blocked', mine: 'blocked', state: 'blocked', sentAt: now - 9000, known: [] },
      { id: 'rejected', mine: 'rejected', state: 'rejected', sentAt: now - 9000, known: [] },
      { id: 'done', mine: 'done', state: 'done', sentAt: now - 9000 },
      { id: 'dropped', mine: 'dropped', state: 'dropped' },
    ],
    now,
  )
  db.close()

  const store = openStore({ folder, key: TEST_KEY, clock })
  const app = createNotesConsole({ store, clock, platform })
  app.outbox.start()
  expect(app.commands.list({ connectionId: null, offset: 0, limit: 50 })).toMatchObject({ total: 14, counts: { decide: 3 } })
  await clock.advance(600_000)
  await app.outbox.whenIdle()

  const texts = [...platform.notes.values()].map(({ text, confirmed }) => (confirmed ? `${text} ✓` : text)).sort()
  expect(texts).toEqual(['fresh', 'later', 'lost', 'arrived', 'answered', 'unsure', 'unsure', 'after', 'confirm me ✓', 'chain two'].sort())
  expect(app.list('arrived')).toMatchObject([{ id: arrived.id, uid: 'local:arrived', pending: null }])
  expect(app.list('answered')).toMatchObject([{ id: answered.id, uid: 'local:answered', pending: null }])
  const left = openWindow(store.local, { connectionId: null, offset: 0, limit: 50 }).rows
  expect(left.map(({ id, state }) => [id, state])).toEqual([
    ['conflict', 'conflict'],
    ['blocked', 'blocked'],
    ['rejected', 'rejected'],
  ])
  expect(left[0]).toMatchObject({
    base: { text: 'b' },
    payload: { text: 'm' },
    theirs: { text: 't' },
    subject: { dataset: 'notes', id: 'x' },
  })
  app.kill()
  store.close()
})
