import { beforeEach, expect, it } from 'vitest'
import { EventQuery, TicketQuery, UserQuery } from '../../shared/ipc/organisation'
import { openStore, type Store } from '../../electron/core/store/connection'
import { knownFigures } from '../../electron/core/store/read/known-figures'
import { createMemo } from '../../electron/core/store/read/memo'
import { run, sql } from '../../electron/core/store/sql'
import { createTestClock } from '../support/core-clock'
import { addConnection, CONNECTION, workspaceOf } from '../support/notes-console'
import { listsOver, plainQuery } from '../support/lists-over'

let store: Store
let lists: ReturnType<typeof listsOver>
beforeEach(() => {
  const clock = createTestClock()
  store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  lists = listsOver(workspaceOf(store, clock), createMemo(store, 40))
})
const window = { offset: 0, limit: 50 }
const byDate = { ...plainQuery(CONNECTION), sort: { by: 'created', desc: true } }

const ticket = (id: string, topic: string | null, text: string, account: string): void => {
  run(
    store.cache,
    sql`INSERT INTO ticket (connection_id, id, created_at, topic, topic_text, text, account_id, account_name, attachments, hash, walk)
      VALUES (${CONNECTION}, ${id}, ${id.charCodeAt(0)}, ${topic}, ${topic ?? 'Unheard of'}, ${text}, ${account}, ${account}, '["a.png"]', '', 1)`,
  )
}
const tickets = (...filters: object[]): string[] => {
  const query = TicketQuery.parse({ ...byDate, filters })
  return lists.tickets.list({ query, ...window }).rows.map(({ id }) => id)
}

it('tickets: topic, words of the text in any case and user combine', () => {
  ticket('a', 'support', 'Превышен Лимит памяти', 'u1')
  ticket('b', 'support', 'другое', 'u1')
  ticket('c', 'balance', 'лимит и ПАМЯТИ мало', 'u2')
  ticket('d', null, '100% _ литералы', 'u2')
  expect(tickets()).toEqual(['d', 'c', 'b', 'a'])
  expect(tickets({ field: 'text', text: 'лимит памяти' })).toEqual(['c', 'a'])
  expect(tickets({ field: 'text', text: 'ЛИМИТ' })).toEqual(['c', 'a'])
  expect(tickets({ field: 'text', text: '% _' })).toEqual(['d'])
  expect(tickets({ field: 'topic', ids: ['support', 'balance'] })).toEqual(['c', 'b', 'a'])
  expect(tickets({ field: 'topic', ids: ['support'] }, { field: 'user', ids: ['u1'] }, { field: 'text', text: 'лимит' })).toEqual(['a'])
  expect(() => tickets({ field: 'topic', ids: ['nonsense'] })).toThrow()
  const query = TicketQuery.parse({ ...byDate, filters: [] })
  expect(lists.tickets.list({ query, ...window }).rows[0]).toMatchObject({ topic: null, topicText: 'Unheard of', attachments: ['a.png'] })
})

it('events: by action and by whom, each offered with its count', () => {
  const event = (id: string, action: string, account: string): void => {
    run(
      store.cache,
      sql`INSERT INTO event (connection_id, id, created_at, account_id, account_name, action, hash, walk)
        VALUES (${CONNECTION}, ${id}, ${id.charCodeAt(0)}, ${account}, ${account}, ${action}, '', 1)`,
    )
  }
  event('a', 'Limits', 'me')
  event('b', 'Reset', 'me')
  event('c', 'Limits', 'you')
  const ids = (...filters: object[]): string[] =>
    lists.events.list({ query: EventQuery.parse({ ...byDate, filters }), ...window }).rows.map(({ id }) => id)
  expect(ids()).toEqual(['c', 'b', 'a'])
  expect(ids({ field: 'action', ids: ['Limits'] }, { field: 'user', ids: ['me'] })).toEqual(['a'])
  expect(lists.lists.options({ list: 'events', connectionId: CONNECTION, field: 'action', text: '', ids: null, ...window })).toMatchObject({
    rows: [
      { id: 'Limits', count: 2 },
      { id: 'Reset', count: 1 },
    ],
  })
})

it('users: activated and blocked as far as the platform says it; what is not said is neither', () => {
  const user = (id: string, active: number | null, blocked: number | null, objects: string): void => {
    run(
      store.cache,
      sql`INSERT INTO account (connection_id, id, login, login_folded, active, blocked, objects, hash, walk)
        VALUES (${CONNECTION}, ${id}, ${id}, ${id}, ${active}, ${blocked}, ${objects}, '', 1)`,
    )
  }
  const object = (n: number) => ({ role: 'admin', entity: 'client', id: `c${String(n)}`, name: `Client ${String(n)}` })
  user('a', 1, 0, 'null')
  user('b', 0, 1, '[]')
  user('c', null, null, JSON.stringify(Array.from({ length: 60 }, (_, n) => object(n))))
  const asked = (change: object = {}) =>
    lists.users.list({
      query: UserQuery.parse({ ...plainQuery(CONNECTION), ...{ sort: { by: 'login', desc: false } }, ...change }),
      ...window,
    }).rows
  const ids = (...filters: object[]): string[] => asked({ filters }).map(({ id }) => id)
  expect(ids()).toEqual(['a', 'b', 'c'])
  expect(ids({ field: 'active', ids: ['yes'] })).toEqual(['a'])
  expect(ids({ field: 'active', ids: ['no'] }, { field: 'blocked', ids: ['yes'] })).toEqual(['b'])
  expect(ids({ field: 'blocked', ids: ['yes', 'no'] })).toEqual(['a', 'b'])
  expect(asked({ view: 'blocked' }).map(({ id }) => id)).toEqual(['b'])
  expect(asked().map(({ objects, objectCount }) => [objects?.length ?? null, objectCount])).toEqual([
    [null, null],
    [0, 0],
    [50, 60],
  ])
})

it('users: access that could not be read is neither none nor whole, and no client is said to be without an administrator meanwhile', () => {
  const user = (id: string, objects: object[]): void => {
    run(
      store.cache,
      sql`INSERT INTO account (connection_id, id, login, login_folded, objects, hash, walk) VALUES (${CONNECTION}, ${id}, ${id}, ${id}, ${JSON.stringify(objects)}, '', 1)`,
    )
  }
  const unread = (id: string, field: string): void => {
    run(
      store.cache,
      sql`INSERT INTO unreadable (connection_id, dataset, owner_id, walk, number, row_id, name, field, why, raw)
        VALUES (${CONNECTION}, 'accounts', '', 1, ${id.charCodeAt(0)}, ${id}, NULL, ${field}, 'wrong-type', '{}')`,
    )
  }
  user('a', [])
  user('b', [{ entity: 'client', id: 'c', name: 'C', role: 'admin' }])
  run(
    store.cache,
    sql`INSERT INTO dataset_state (connection_id, dataset, walk, as_of, counted_as_of, complete) VALUES (${CONNECTION}, 'accounts', 1, 1, 1, 1)`,
  )
  const rows = () =>
    lists.users.list({ query: UserQuery.parse({ ...plainQuery(CONNECTION), sort: { by: 'login', desc: false } }), ...window }).rows
  unread('b', 'phone')
  expect(rows().map(({ objectsUnread }) => objectsUnread)).toEqual([0, 0])
  expect(knownFigures(store.cache, CONNECTION).unmanaged).toBe(true)
  unread('a', 'objects.0')
  expect(rows()).toMatchObject([
    { id: 'a', objects: [], objectsUnread: 1 },
    { id: 'b', objectCount: 1, objectsUnread: 0 },
  ])
  expect(knownFigures(store.cache, CONNECTION).unmanaged).toBe(false)
})
