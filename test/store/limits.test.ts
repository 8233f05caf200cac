import { expect, it, onTestFinished } from 'vitest'
import { applyClientLimits } from '../../electron/core/store/cache/client-limits'
import { openStore, type Store } from '../../electron/core/store/connection'
import { listTemplates, removeTemplate, saveTemplate } from '../../electron/core/store/local/limit-templates'
import { limitMatrix } from '../../electron/core/store/read/limit-matrix'
import { walkLimits } from '../../electron/core/store/read/limit-overview'
import { all, run, sql } from '../../electron/core/store/sql'
import type { Limit } from '../../shared/domain/entities'
import type { LimitType } from '../../shared/domain/limits'
import { createTestClock } from '../support/core-clock'
import { addConnection } from '../support/notes-console'

const KVM = { id: 'h1', name: 'KVM', type: 'kvm' }
const opened = (): Store => {
  const clock = createTestClock()
  const store = openStore({ folder: '', key: null, clock })
  addConnection(store, clock)
  onTestFinished(() => {
    store.close()
  })
  return store
}
const addClient = ({ cache }: Store, id: string, partner: string | null = 'p1'): void => {
  run(
    cache,
    sql`INSERT INTO client (connection_id, id, name, name_folded, partner_id, payment_methods, hypervisors, contacts, extra, walk, hash)
      VALUES ('c1', ${id}, ${id}, ${id}, ${partner}, '[]', ${JSON.stringify([KVM])}, '[]', '{}', 1, '')`,
  )
}
const limit = (id: string, ownerId: string, type: LimitType | null, value: number, hypervisor = KVM): Limit => ({
  ...{ id, owner: 'client', ownerId, hypervisor, type, typeCode: type ?? 'tape', value, extra: {} },
})
const give = (store: Store, clientId: string, rows: Limit[], at = 1000): boolean =>
  applyClientLimits(store, { connectionId: 'c1', clientId, rows, at, askedAt: at, sequence: { syncId: `s${String(at)}`, next: 1 } })
const finish = (steps: ReturnType<typeof walkLimits>) => {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

it('lays the limits of a client out by hypervisor and type; what has no place stands among the others', () => {
  const store = opened()
  addClient(store, 'a')
  const closed = { id: 'h9', name: 'Old', type: 'kvm' }
  give(store, 'a', [limit('1', 'a', 'ip', 0), limit('2', 'a', 'ip', 7), limit('3', 'a', null, 5), limit('4', 'a', 'ram', 64, closed)])
  const { hypervisors, cells, others } = limitMatrix(store.cache, 'c1', 'a')
  expect(hypervisors.map(({ id, open }) => [id, open])).toEqual([
    ['h1', true],
    ['h9', false],
  ])
  expect(cells).toHaveLength(16)
  const at = (type: LimitType, id = 'h1') => cells.find((cell) => cell.type === type && cell.hypervisorId === id)
  expect([at('ip')?.limit, at('cpu')?.limit, at('ram', 'h9')?.limit]).toEqual([0, null, 64])
  // No list was read: what is in use is not known, and not 0.
  expect(at('ip')?.use).toBe(null)
  expect(others.map(({ typeCode, limit: value }) => [typeCode, value])).toEqual([
    ['ip', 7],
    ['tape', 5],
  ])
})

it('an answer that is older than what was read since changes nothing', () => {
  const store = opened()
  addClient(store, 'a')
  give(store, 'a', [limit('1', 'a', 'ip', 9)], 2000)
  expect(give(store, 'a', [limit('1', 'a', 'ip', 5)], 1000)).toBe(false)
  expect(give(store, 'a', [limit('1', 'a', 'ip', 9)], 2000)).toBe(false)
  expect(all(store.cache, sql`SELECT value FROM client_limit`)).toEqual([{ value: 9 }])
})

it('what a partner has given is a sum over all its clients, or nothing', () => {
  const store = opened()
  for (const id of ['a', 'b']) addClient(store, id)
  addClient(store, 'other', 'p2')
  run(
    store.cache,
    sql`INSERT INTO partner (connection_id, id, name, ns_servers, hypervisors, extra, walk, hash) VALUES ('c1', 'p1', 'P', '[]', '[]', '{}', 1, '')`,
  )
  run(
    store.cache,
    sql`INSERT INTO client_limit (connection_id, id, owner, owner_id, hypervisor_id, hypervisor_name, type, type_code, value, extra, walk, hash)
      VALUES ('c1', 'own', 'partner', 'p1', 'h1', 'KVM', 'ip', 'ip', 100, '{}', 1, '')`,
  )
  give(store, 'a', [limit('1', 'a', 'ip', 30), limit('2', 'a', 'cpu', 8)])
  give(store, 'other', [limit('3', 'other', 'ip', 1000)])
  const template = saveTemplate(store.local, { id: 't', name: 'S', values: [{ hypervisor: 'KVM', type: 'ip', value: 30 }] }, 1)
  const walk = () => finish(walkLimits(store.cache, { connectionId: 'c1', partnerId: 'p1', templates: [template] }))
  expect(walk()).toMatchObject({
    clients: 2,
    read: 1,
    room: [{ type: 'ip', limit: 100, given: null }],
    templates: [{ id: 't', clients: 1 }],
  })
  give(store, 'b', [limit('4', 'b', 'ip', 12)])
  expect(walk()).toMatchObject({ clients: 2, read: 2, room: [{ type: 'ip', limit: 100, given: 42 }] })
})

it('templates keep their values; the same name replaces', () => {
  const { local } = opened()
  saveTemplate(local, { id: 't1', name: 'S', values: [{ hypervisor: 'KVM', type: 'ip', value: 3 }] }, 1)
  expect(saveTemplate(local, { id: 't2', name: 'S', values: [] }, 2).id).toBe('t1')
  saveTemplate(local, { id: 't3', name: 'M', values: [{ hypervisor: 'KVM', type: 'cpu', value: 0 }] }, 3)
  run(
    local,
    sql`UPDATE limit_template SET contents = '[{"hypervisor":"KVM","type":"tape","value":1},{"hypervisor":"KVM","type":"ip","value":2}]' WHERE id = 't1'`,
  )
  expect(listTemplates(local)).toEqual([
    { id: 't1', name: 'S', values: [{ hypervisor: 'KVM', type: 'ip', value: 2 }] },
    { id: 't3', name: 'M', values: [{ hypervisor: 'KVM', type: 'cpu', value: 0 }] },
  ])
  expect([removeTemplate(local, 't1'), removeTemplate(local, 't1')]).toEqual([1, 0])
})
