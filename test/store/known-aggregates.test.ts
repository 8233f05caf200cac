import { describe, expect, it } from 'vitest'
import type { AccessObject, EntityOf } from '../../shared/domain/entities'
import { AppError } from '../../shared/errors'
import { settleAggregates } from '../../electron/core/store/cache/aggregates'
import { replaceOwnerRows } from '../../electron/core/store/cache/owner-rows'
import { beginWalk, failWalk } from '../../electron/core/store/cache/walk-state'
import type { Store } from '../../electron/core/store/connection'
import { writeClientDays } from '../../electron/core/store/read/client-days'
import { clientsByRow } from '../../electron/core/store/read/clients'
import { unmanagedClients } from '../../electron/core/store/read/dashboard'
import { figuresAsOf } from '../../electron/core/store/read/sync-status'
import { clientUsage, totalUsage } from '../../electron/core/store/read/usage'
import { made } from '../support/made-rows'
import { client, note, project } from '../support/scripted-platform'
import { storeBench } from '../support/store-in-folder'
import { walkInto } from '../support/store-walks'

const bench = storeBench()
const soon = () => Promise.resolve()
const rowOf = (store: Store) => clientsByRow(store.cache, [1])[0]

describe('a first load', () => {
  it('shows no figure before there is something to compute it from, and does not wait for a list that is refused', async () => {
    const store = bench.memory()
    const awaited = ['clients', 'projects', 'vdcs', 'servers', 'disks'] as const
    const settle = () => settleAggregates(store, 'c1', { pause: soon, awaited })
    walkInto(store, { dataset: 'clients', rows: [client('c0')], at: 1, pageSize: 5 })
    await settle()
    const unknown = { servers: null, cpu: null, ramGb: null, volumeGb: null, unmanaged: null }
    expect(rowOf(store)).toMatchObject(unknown)
    walkInto(store, { dataset: 'projects', rows: [project('p0', 'c0')], at: 2, pageSize: 5 })
    walkInto(store, { dataset: 'vdcs', rows: [{ ...made.vdcs(0, 0), projectId: 'p0' }], at: 3, pageSize: 5 })
    await settle()
    expect([rowOf(store)?.servers, figuresAsOf(store.cache, 'c1', ['servers']).at]).toEqual([null, null])
    walkInto(store, { dataset: 'servers', rows: [{ ...made.servers(0, 1), vdcId: 'v0', cpu: 3 }], at: 4, pageSize: 5 })
    await settle()
    expect(rowOf(store)).toMatchObject({ ...unknown, servers: 1, cpu: 3, ramGb: 1.7 })
    expect(figuresAsOf(store.cache, 'c1', ['servers', 'vdcs']).at).toBe(3)
    const refused = { connectionId: 'c1', dataset: 'disks' as const, error: new AppError('forbidden', 'no').toData() }
    beginWalk(store, { connectionId: 'c1', dataset: 'disks' })
    failWalk(store, { ...refused, keepCursor: false })
    walkInto(store, { dataset: 'servers', rows: [], at: 6, pageSize: 5 })
    await settle()
    expect(rowOf(store)).toMatchObject({ ...unknown, servers: 0, cpu: 0, ramGb: 0 })
    expect(figuresAsOf(store.cache, 'c1', ['disks'])).toMatchObject({ at: null, missing: { dataset: 'disks', why: 'refused' } })
  })

  it('knows who has no administrator only where every account says what it may reach', () => {
    const store = bench.memory()
    const account = (n: number, objects: AccessObject[] | null, more: object = {}) => ({
      ...made.accounts(n, 1),
      objects,
      blocked: false,
      ...more,
    })
    const admin = [{ role: 'admin', entity: 'client', id: 'c0', name: '' }]
    walkInto(store, { dataset: 'clients', rows: [client('c0'), client('c1')], at: 1, pageSize: 5 })
    const accounts = async (rows: EntityOf['accounts'][]) => {
      walkInto(store, { dataset: 'accounts', rows, at: 2, pageSize: 5 })
      await settleAggregates(store, 'c1', { pause: soon })
      return [...clientsByRow(store.cache, [1, 2]).map(({ unmanaged }) => unmanaged), unmanagedClients(store.cache, 'c1')]
    }
    const unsaid = account(1, null)
    return expect(
      (async () => [
        await accounts([account(0, admin), unsaid]),
        await accounts([account(0, admin), { ...unsaid, blocked: true }]),
        await accounts([account(0, admin)]),
        await accounts([account(0, admin, { active: false })]),
        await accounts([]),
      ])(),
    ).resolves.toEqual([
      [false, null, 0],
      [false, true, 1],
      [false, true, 1],
      [true, true, 2],
      [true, true, 2],
    ])
  })
})

describe('what hangs on no known client', () => {
  it('is counted in the totals, and a sum of its own', async () => {
    const store = bench.memory()
    const vdcs = [0, 1].map((n) => ({ ...made.vdcs(n, 0), projectId: `p${String(n)}` }))
    const servers = ['v0', 'v1', 'gone', null].map((vdcId, n) => ({ ...made.servers(n, 1), vdcId, cpu: 2 ** n }))
    walkInto(store, { dataset: 'clients', rows: [client('c0')], at: 1, pageSize: 5 })
    walkInto(store, { dataset: 'projects', rows: [project('p0', 'c0'), project('p1', 'unseen')], at: 1, pageSize: 5 })
    walkInto(store, { dataset: 'vdcs', rows: vdcs, at: 1, pageSize: 5 })
    walkInto(store, { dataset: 'servers', rows: servers, at: 1, pageSize: 5 })
    await settleAggregates(store, 'c1', { pause: soon })
    expect(totalUsage(store.cache, 'c1').reduce((sum, { cpu }) => sum + cpu, 0)).toBe(15)
    const nobodys = clientUsage(store.cache, 'c1', '')
    expect(nobodys.map(({ hypervisorId, servers: n, cpu }) => [hypervisorId, n, cpu])).toEqual([
      ['', 2, 12],
      ['h0', 1, 2],
    ])
    expect(rowOf(store)).toMatchObject({ servers: 1, cpu: 1 })
  })
})

describe('what goes', () => {
  it('is told under its client and by its name, whichever list is walked first', async () => {
    const store = bench.memory()
    const put = (at: number, there: boolean): void => {
      const only = <T>(rows: T[]): T[] => (there ? rows : [])
      walkInto(store, { dataset: 'clients', rows: [client('c0')], at, pageSize: 5 })
      walkInto(store, { dataset: 'projects', rows: only([project('p0', 'c0')]), at, pageSize: 5 })
      walkInto(store, { dataset: 'vdcs', rows: only([{ ...made.vdcs(0, 0), projectId: 'p0' }]), at, pageSize: 5 })
      walkInto(store, { dataset: 'servers', rows: only([{ ...made.servers(0, 1), vdcId: 'v0' }]), at, pageSize: 5 })
      walkInto(store, { dataset: 'networks', rows: only([{ ...made.networks(0, 1), vdcId: 'v0' }]), at, pageSize: 5 })
    }
    put(1, true)
    await settleAggregates(store, 'c1', { pause: soon })
    put(2, false)
    const told = store.cache.prepare("SELECT dataset, client_id, changes FROM change_spool WHERE kind = 'removed' ORDER BY dataset").all()
    expect(told).toEqual([
      { dataset: 'networks', client_id: 'c0', changes: '{"name":["net",null]}' },
      { dataset: 'projects', client_id: 'c0', changes: '{"name":["Проект p0",null]}' },
      { dataset: 'servers', client_id: 'c0', changes: '{"name":["srv-0",null]}' },
      { dataset: 'vdcs', client_id: 'c0', changes: '{"name":["ВЦОД",null]}' },
    ])
  })

  it('with a client are its notes, limits, days and what is known of when they were read', () => {
    const store = bench.memory()
    walkInto(store, { dataset: 'clients', rows: [client('c0'), client('c1')], at: 1, pageSize: 5 })
    const sequence = { syncId: 'own', next: 1 }
    for (const id of ['c0', 'c1']) {
      const read = { connectionId: 'c1', owner: 'client' as const, ownerId: id, at: 5, askedAt: 5, unreadable: [], partial: [], sequence }
      replaceOwnerRows(store, { ...read, dataset: 'notes', rows: [note(`t-${id}`, id)] })
      replaceOwnerRows(store, { ...read, dataset: 'limits', rows: [{ ...made.limits(0, 0), id: `l-${id}`, ownerId: id }] })
      writeClientDays(store.cache, { connectionId: 'c1', clientId: id }, { points: [{ at: 1, charged: null }], asOf: 2 })
    }
    walkInto(store, { dataset: 'clients', rows: [client('c1')], at: 6, pageSize: 5 })
    const left = (table: string, column: string) => store.cache.prepare(`SELECT DISTINCT ${column} FROM ${table}`).pluck().all()
    expect(
      [
        left('note', 'client_id'),
        left('client_limit', 'owner_id'),
        left('owner_state', 'owner_id'),
        left('client_day', 'client_id'),
      ].concat([left('client_day_state', 'client_id'), left('client_summary', 'client_id').filter((id) => id !== 'c1')]),
    ).toEqual([['c1'], ['c1'], ['c1'], ['c1'], ['c1'], []])
  })
})
