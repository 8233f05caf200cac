import { expect, it } from 'vitest'
import { applyNote, rememberAnswer } from '../../electron/core/store/cache/notes'
import { replaceOwnerRows } from '../../electron/core/store/cache/owner-rows'
import { moveChanges } from '../../electron/core/store/change-mover'
import { all, sql } from '../../electron/core/store/sql'
import { clientNotes } from '../../electron/core/store/read/notes'
import { client, note } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'
import { walkInto } from '../support/store-walks'

const bench = storeBench()
const NOON = Date.UTC(2026, 2, 10, 12)
const HOUR = 3_600_000

/** The client's notes as the platform answers them to a request that left at `askedAt`. */
const read = (store: ReturnType<typeof bench.memory>, askedAt: number, rows: ReturnType<typeof note>[]): void => {
  const sequence = { syncId: `sync ${String(askedAt)}`, next: 1 }
  const answer = { rows, unreadable: [], partial: [], at: askedAt, askedAt }
  replaceOwnerRows(store, { connectionId: 'c1', dataset: 'notes', owner: 'client', ownerId: 'k1', ...answer, sequence })
}
const storeWithClient = (): ReturnType<typeof bench.memory> => {
  const store = bench.memory()
  walkInto(store, { dataset: 'clients', rows: [client('k1')], at: NOON - 2 * HOUR, pageSize: 5 })
  return store
}
const texts = (store: ReturnType<typeof bench.memory>): string[] => clientNotes(store.cache, 'c1', 'k1').map(({ text }) => text)
const before = note('n1', 'k1', { text: 'before', modifiedAt: NOON - HOUR })
const changed = note('n1', 'k1', { text: 'changed here', modifiedAt: NOON })

it('a platform that was restored from an older backup shows as what it is, and the journal tells', async () => {
  const store = storeWithClient()
  read(store, NOON - HOUR, [before])
  applyNote(store, 'c1', changed)
  rememberAnswer(store, 'c1', { noteId: 'n1', at: NOON })
  expect(texts(store)).toEqual(['changed here'])
  read(store, NOON + 1, [before])
  expect(texts(store)).toEqual(['before'])
  await moveChanges(store)
  expect(all(store.local, sql`SELECT kind, entity_id FROM change_log`)).toEqual([{ kind: 'changed', entity_id: 'n1' }])
})

it('a page that was asked for before our own answer came does not undo it', () => {
  const store = storeWithClient()
  read(store, NOON - HOUR, [before])
  applyNote(store, 'c1', changed)
  rememberAnswer(store, 'c1', { noteId: 'n1', at: NOON })
  read(store, NOON - 500, [before])
  expect(texts(store)).toEqual(['changed here'])
})

it('but does bring what a colleague wrote after it', () => {
  const store = storeWithClient()
  applyNote(store, 'c1', changed)
  rememberAnswer(store, 'c1', { noteId: 'n1', at: NOON })
  read(store, NOON - 500, [note('n1', 'k1', { text: 'later', modifiedAt: NOON + 100 })])
  expect(texts(store)).toEqual(['later'])
})

it('a clock that was a day ahead when the answer came holds nothing back', () => {
  const store = storeWithClient()
  applyNote(store, 'c1', changed)
  rememberAnswer(store, 'c1', { noteId: 'n1', at: NOON + 24 * HOUR })
  read(store, NOON + 1, [before])
  expect(texts(store)).toEqual(['before'])
})
