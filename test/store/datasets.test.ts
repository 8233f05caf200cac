import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { datasets, type Dataset } from '../../shared/domain/datasets'
import { entities, type EntityOf } from '../../shared/domain/entities'
import { searchKinds } from '../../shared/domain/dataset-names'
import { upsertRows } from '../../electron/core/store/cache/upsert'
import type { Store } from '../../electron/core/store/connection'
import { descriptorOf, everyDescriptor } from '../../electron/core/store/datasets'
import { dumpLines } from '../../electron/core/store/read/dump'
import { findRows } from '../../electron/core/store/read/search'
import { searchRowid } from '../../electron/core/store/search-numbers'
import { client, contract, payment, project } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'
import { walkInto } from '../support/store-walks'

const bench = storeBench()
const OWN = ['connection_id', 'id', 'extra', 'hash', 'walk']

const ticket = (id: string, more: Partial<EntityOf['tickets']> = {}): EntityOf['tickets'] => ({
  ...{ id, createdAt: 5, modifiedAt: null, topic: 'refund', topicText: 'Возврат средств', text: 'Просим вернуть остаток', extra: {} },
  ...{ accountId: 'u', accountName: 'Иванов', project: { id: 'p1', name: 'Сайт' }, contacts: null, attachments: ['Акт.docx'] },
  ...more,
})
const event = (id: string): EntityOf['events'] => ({
  ...{ id, createdAt: 6, accountId: 'u', accountName: 'Петров', action: 'Сброс пароля', text: null, extra: {} },
  ...{ objectKind: 'account', objectId: 'x', objectName: 'ivan@example.ru' },
})
const walk = <D extends Dataset>(store: Store, dataset: D, rows: EntityOf[D][], at = 1_000): void => {
  walkInto(store, { dataset, rows, at, pageSize: 10 })
}
const told = (store: Store) =>
  store.cache.prepare('SELECT dataset, kind, entity_id AS id, client_id AS client FROM change_spool ORDER BY rowid').all() as {
    dataset: string
    kind: string
    id: string
    client: string | null
  }[]

describe('a descriptor', () => {
  it.each(everyDescriptor)('of $dataset names the columns that its table has, of their types', ({ table, columns }) => {
    const store = bench.memory()
    const query = `SELECT name, type, "notnull" AS required FROM pragma_table_info('${table}') ORDER BY name`
    const found = (store.cache.prepare(query).all() as { name: string; type: string; required: number }[]).filter(
      ({ name }) => !OWN.includes(name),
    )
    const declared = columns.map(({ name, type, nullable }) => ({ name, type, required: Number(!nullable) }))
    expect(declared.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(found)
  })

  it('tells each field of its entity, and the entity has the bounds of the contract', () => {
    for (const { dataset, columns } of everyDescriptor) {
      const fields = Object.keys((entities[dataset] as unknown as z.ZodObject).shape).filter((field) => field !== 'id' && field !== 'extra')
      const kept = columns.map(({ field }) => field ?? '')
      for (const field of fields)
        expect(
          kept.some((name) => name.startsWith(field)),
          `${dataset}.${field}`,
        ).toBe(true)
    }
    expect(entities.clients.safeParse(client('x'.repeat(201))).success).toBe(false)
    expect(entities.clients.safeParse(client('a', { createdAt: -62_135_596_800_000 })).success).toBe(false)
    expect(entities.payments.safeParse(payment('a', { amount: { minor: 1e15, currency: 'RUB' } })).success).toBe(false)
  })

  it('of each dataset is one of those that are synced, with a table and a kind of its own', () => {
    expect(everyDescriptor.map(({ dataset }) => dataset)).toEqual([...datasets])
    expect(new Set(everyDescriptor.map(({ table }) => table)).size).toBe(datasets.length)
    const kinds = everyDescriptor.flatMap(({ search }) => search?.kind ?? [])
    expect(kinds.toSorted()).toEqual([...searchKinds].sort())
  })
})

describe('numbers of search rows', () => {
  it('are never the same for two rows, and stay what they were for the first kinds', () => {
    const kind = fc.constantFrom(...searchKinds)
    const rowid = fc.integer({ min: 1, max: 5_000_000 })
    fc.assert(
      fc.property(kind, rowid, kind, rowid, (one, at, other, there) => {
        expect(searchRowid(one, at) === searchRowid(other, there)).toBe(one === other && at === there)
      }),
    )
    expect((['client', 'contract', 'tariff_plan', 'server', 'account'] as const).map((one) => searchRowid(one, 9))).toEqual([
      72, 73, 74, 75, 76,
    ])
  })
})

describe('payments, tickets and events', () => {
  const filled = (): Store => {
    const store = bench.memory()
    walk(store, 'clients', [client('a')])
    walk(store, 'contracts', [contract('k', 'a', 1)])
    walk(store, 'projects', [project('p1', 'a')])
    walk(store, 'payments', [payment('1', { contract: { id: 'k', name: 'Договор k' }, transaction: 'Коррекция / Совершена Ёлкин' })])
    walk(store, 'tickets', [ticket('t1')])
    walk(store, 'events', [event('e1')])
    return store
  }

  it('are found by what they say', () => {
    const { cache } = filled()
    const ids = (kind: 'payment' | 'ticket' | 'event', text: string) =>
      findRows(cache, { kind, connectionId: 'c1', text }, 10).map(({ id }) => id)
    expect(ids('payment', 'совершена елк')).toEqual(['1'])
    expect(ids('payment', 'договор')).toEqual(['1'])
    expect(ids('ticket', 'остаток')).toEqual(['t1'])
    expect(ids('ticket', 'возврат средств')).toEqual(['t1'])
    expect(ids('ticket', 'са')).toEqual(['t1'])
    expect(ids('event', 'ivan@')).toEqual(['e1'])
    expect(ids('event', 'возврат')).toEqual([])
  })

  it('are told under their client where they come, change and go; events are told by nobody', () => {
    const store = filled()
    store.cache.exec('DELETE FROM change_spool')
    walk(store, 'payments', [payment('1', { contract: { id: 'k', name: 'Договор k' }, status: 'Отклонён' }), payment('2')], 2_000)
    walk(store, 'tickets', [], 2_000)
    walk(store, 'events', [event('e1'), event('e2')], 2_000)
    expect(told(store)).toEqual([
      { dataset: 'payments', kind: 'changed', id: '1', client: 'a' },
      { dataset: 'payments', kind: 'added', id: '2', client: null },
      { dataset: 'tickets', kind: 'removed', id: 't1', client: 'a' },
    ])
  })

  it('are dumped as they were read', () => {
    const lines = [...dumpLines(filled().cache)].map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.find(({ dataset }) => dataset === 'tickets')).toMatchObject({
      id: 't1',
      topic: 'refund',
      attachments: ['Акт.docx'],
      extra: {},
    })
    expect(lines.find(({ dataset }) => dataset === 'payments')).toMatchObject({ amountMinor: 100, currency: 'RUB', contractId: 'k' })
  })

  it('tell no change where only what is derived was written anew', () => {
    const store = filled()
    store.cache.exec(`DELETE FROM change_spool; UPDATE ticket SET hash = ''`)
    walk(store, 'tickets', [ticket('t1')], 2_000)
    expect(told(store)).toEqual([])
  })

  it('refuse a journal that asks for a column that is not there', () => {
    const store = filled()
    const context = { db: store.cache, connectionId: 'c1', askedAt: 0, removedNotes: new Map<string, number>() }
    const odd = { ...descriptorOf('tickets'), journal: (row: (column: string) => string | null) => row('client') }
    const changes = { sequence: { syncId: 's', next: 1 }, dataset: 'tickets' as const, since: 1, at: 2 }
    expect(() => upsertRows(odd, { context, rows: [ticket('t9')], walk: 9, changes })).toThrow('ticket has no column client')
  })
})
