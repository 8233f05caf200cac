import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../shared/domain/datasets'
import type { EntityOf } from '../../shared/domain/entities'
import { foldText } from '../../shared/domain/text'
import { settleAggregates } from '../../electron/core/store/cache/aggregates'
import { forgetConnection } from '../../electron/core/store/cache/forget'
import { commitPage } from '../../electron/core/store/cache/page'
import { searchTokens } from '../../electron/core/store/cache/search-index'
import { beginWalk, completeWalk } from '../../electron/core/store/cache/walk-state'
import type { Store } from '../../electron/core/store/connection'
import { negativeBalances } from '../../electron/core/store/read/dashboard'
import { diskUsage, totalUsage } from '../../electron/core/store/read/usage'
import { AppError } from '../../shared/errors'
import { derivedRows } from '../support/canonical-rows'
import { storeBench } from '../support/store-in-folder'
import { client, contract, project } from '../support/scripted-platform'

const bench = storeBench()
const soon = () => Promise.resolve()
const extra = {}

const put = <D extends Dataset>(store: Store, dataset: D, rows: EntityOf[D][], connectionId = 'c1'): void => {
  beginWalk(store, { connectionId, dataset })
  const page = { items: rows, total: rows.length, unreadable: [], partial: [], next: null, at: 1_000, sideload: {} }
  commitPage(store, { connectionId, dataset, page, sideloads: [], sequence: { syncId: crypto.randomUUID(), next: 1 }, askedAt: 0 })
  completeWalk(store, { connectionId, dataset, sideloads: [], asOf: 1_000 })
}
const kvm = { id: 'h1', name: 'KVM', type: 'kvm' }
const cloud = (store: Store): void => {
  put(store, 'clients', [client('a'), client('b')])
  put(store, 'projects', [project('p1', 'a'), project('p2', 'b'), project('p3', 'nobody-we-know')])
  const vdc = (id: string, projectId: string) => ({ id, name: id, createdAt: null, projectId, hypervisor: kvm, extra })
  put(store, 'vdcs', [vdc('v1', 'p1'), vdc('v2', 'p2'), vdc('v3', 'p3')])
  const server = (id: string, vdcId: string | null, cpu: number) => ({
    ...{
      id,
      name: `srv ${id}`,
      hostname: `vm-${id}`,
      createdAt: null,
      vdcId,
      cpu,
      ramGb: cpu * 2,
      power: true,
      locked: false,
      templateName: null,
      extra,
    },
  })
  put(store, 'servers', [
    server('s1', 'v1', 2),
    server('s2', 'v1', 4),
    server('s3', 'v2', 8),
    server('s4', 'v3', 16),
    server('s5', null, 32),
  ])
  const disk = (id: string, vdcId: string, sizeGb: number) => ({
    ...{
      id,
      name: id,
      vdcId,
      serverId: null,
      sizeGb,
      isRoot: null,
      storageProfileId: 'sp',
      storageProfileName: 'SATA',
      billingClassId: 'kvm_hdd',
      extra,
    },
  })
  put(store, 'storage_profiles', [
    { id: 'sp', name: 'SATA', billingClassId: 'kvm_hdd', billingClassName: 'Диски SATA', measure: 'ГБ', extra },
  ])
  put(store, 'disks', [disk('d1', 'v1', 10), disk('d2', 'v2', 30), disk('d3', 'v3', 5)])
  put(store, 'ports', [
    { id: 'e', vdcId: 'v1', type: 'vm_fip', ip: '1.2.3.4', external: true, extra },
    { id: 'i', vdcId: 'v1', type: 'vm_int', ip: '10.0.0.1', external: false, extra },
  ])
  const limit = (id: string, ownerId: string, type: 'cpu' | 'servers', value: number) => ({
    ...{ id, owner: 'client' as const, ownerId, hypervisor: kvm, type, typeCode: type, value, extra },
  })
  put(store, 'limits', [limit('l1', 'a', 'cpu', 8), limit('l2', 'a', 'servers', 2), limit('l3', 'b', 'cpu', 4)])
}

describe('what is kept for lists and the dashboard', () => {
  it('is counted along server, data centre, project and client; what hangs on nobody is a sum of its own', async () => {
    const store = bench.memory()
    cloud(store)
    await settleAggregates(store, 'c1', { pause: soon })
    const summaries = store.cache
      .prepare(
        'SELECT client_id, servers, cpu, ram_gb, disks, volume_gb, tight_type, tight_use, tight_limit, tight_state FROM client_summary ORDER BY client_id',
      )
      .all()
    expect(summaries).toEqual([
      {
        ...{ client_id: 'a', servers: 2, cpu: 6, ram_gb: 12, disks: 1, volume_gb: 10 },
        ...{ tight_type: 'servers', tight_use: 2, tight_limit: 2, tight_state: 'reached' },
      },
      {
        ...{ client_id: 'b', servers: 1, cpu: 8, ram_gb: 16, disks: 1, volume_gb: 30 },
        ...{ tight_type: 'cpu', tight_use: 8, tight_limit: 4, tight_state: 'over' },
      },
    ])
    const usage = store.cache.prepare('SELECT client_id, hypervisor_id, servers, ip FROM client_usage ORDER BY client_id, hypervisor_id')
    expect(usage.all()).toEqual([
      { client_id: '', hypervisor_id: '', servers: 1, ip: 0 },
      { client_id: '', hypervisor_id: 'h1', servers: 1, ip: 0 },
      { client_id: 'a', hypervisor_id: 'h1', servers: 2, ip: 1 },
      { client_id: 'b', hypervisor_id: 'h1', servers: 1, ip: 0 },
    ])
    expect(diskUsage(store.cache, 'c1')).toEqual([{ hypervisorId: 'h1', billingClassId: 'kvm_hdd', name: 'Диски SATA', volumeGb: 45 }])
  })

  const debtors = (store: Store): void => {
    put(store, 'contracts', [contract('k1', 'a', -500), contract('k2', 'c', 700), contract('k3', 'nobody', -900)])
    const of = (id: string, contractId: string | null) => client(id, { contractId })
    put(store, 'clients', [of('a', 'k1'), of('b', 'k1'), of('c', 'k2'), of('d', null)])
  }

  it('sums the whole connection, with what hangs on no known client, and a balance that two clients share once', async () => {
    const store = bench.memory()
    cloud(store)
    debtors(store)
    await settleAggregates(store, 'c1', { pause: soon })
    expect(totalUsage(store.cache, 'c1')).toMatchObject([
      { hypervisorId: '', hypervisorName: '', servers: 1, cpu: 32, ramGb: 64, disks: 0, volumeGb: 0, ip: 0 },
      { hypervisorId: 'h1', hypervisorName: 'KVM', servers: 4, cpu: 30, ramGb: 60, disks: 3, volumeGb: 45, ip: 1 },
    ])
    expect(negativeBalances(store.cache, 'c1')).toEqual({ clients: 2, totals: [{ currency: 'RUB', minor: -500 }] })
    put(store, 'contracts', [contract('k1', 'a', 100)])
    await settleAggregates(store, 'c1', { pause: soon })
    expect(negativeBalances(store.cache, 'c1')).toEqual({ clients: 0, totals: [] })
  })

  it('are there at once after a step forward from a schema that did not keep them', async () => {
    const folder = bench.folder()
    const before = bench.open(folder)
    cloud(before)
    debtors(before)
    await settleAggregates(before, 'c1', { pause: soon })
    const expected = derivedRows(before)
    for (const table of ['vdc_usage', 'vdc_disk', 'contract_debt', 'account_access', 'stale', 'recount'])
      before.cache.exec(`DROP TABLE ${table}`)
    before.cache.exec(`DROP INDEX account_unsaid; DROP TABLE payment; DROP TABLE ticket; DROP TABLE event;
      DROP INDEX account_by_login; DROP INDEX account_by_created;
      ALTER TABLE dataset_state DROP COLUMN mark_walk; ALTER TABLE dataset_state DROP COLUMN mark_total`)
    before.cache.exec(`DROP INDEX owner_state_unread; ALTER TABLE owner_state DROP COLUMN unread;
      ALTER TABLE dataset_state ADD COLUMN tried_at INTEGER; DROP TABLE unreadable;
      CREATE TABLE unreadable (connection_id, dataset, walk, number, row_id, name, field, why, raw);
      INSERT INTO unreadable VALUES ('c1', 'disks', 3, 0, 'd', NULL, NULL, 'wrong-type', '{}')`)
    before.cache.pragma('user_version = 5')
    before.close()
    const after = bench.open(folder)
    expect(derivedRows(after).filter((row) => !row.includes('"table":"recount"'))).toEqual(expected)
    expect(after.cache.prepare('SELECT dataset, owner_id, walk, row_id FROM unreadable').all()).toEqual([
      { dataset: 'disks', owner_id: '', walk: 3, row_id: 'd' },
    ])
    expect(await settleAggregates(after, 'c1', { pause: soon })).toBe(true)
    expect(derivedRows(after)).toEqual(expected)
  })

  it('calls a client unmanaged only when accounts are known and none that can sign in is its administrator', async () => {
    const store = bench.memory()
    cloud(store)
    const account = (id: string, clientId: string, more: object = {}) => ({
      ...{ id, login: id, username: null, email: null, phone: null, domain: null, createdAt: null, active: true, blocked: false, extra },
      ...{ objects: [{ role: 'admin', entity: 'client', id: clientId, name: '' }] },
      ...more,
    })
    put(store, 'accounts', [account('u1', 'a'), account('u2', 'b', { blocked: true })])
    await settleAggregates(store, 'c1', { pause: soon })
    expect(store.cache.prepare('SELECT client_id, unmanaged FROM client_summary ORDER BY client_id').all()).toEqual([
      { client_id: 'a', unmanaged: 0 },
      { client_id: 'b', unmanaged: 1 },
    ])
  })
})

describe('search text', () => {
  const found = (store: Store, table: string, query: string): string[] =>
    (
      store.cache
        .prepare(`SELECT r.id FROM search_row r WHERE r.rowid IN (SELECT rowid FROM ${table} WHERE ${table} MATCH ?) ORDER BY r.id`)
        .all(`"${query}"`) as {
        id: string
      }[]
    ).map(({ id }) => id)

  it('follows names, contracts and addresses, and goes with its row', () => {
    const store = bench.memory()
    const contact = { id: 'u', username: null, email: 'ivan@example.ru', phone: null }
    put(store, 'clients', [client('a', { name: 'ООО «Ёлка»', contractId: 'd', contacts: [contact] }), client('b')])
    put(store, 'contracts', [contract('d', 'a', 1)])
    expect(found(store, 'search_trigram', foldText('ёлк'))).toEqual(['a'])
    expect(found(store, 'search_trigram', foldText('ivan@'))).toEqual(['a'])
    expect(found(store, 'search_trigram', foldText('договор d'))).toEqual(['a', 'd'])
    expect(found(store, 'search_pair', 'ел')).toEqual(['a'])
    expect(searchTokens('ооо елка')).toBe('о оо е ел лк ка')
    put(store, 'clients', [client('a', { name: 'Сосна' })])
    expect(found(store, 'search_trigram', foldText('ёлк'))).toEqual([])
    expect(found(store, 'search_trigram', foldText('сосна'))).toEqual(['a'])
  })

  it('is forgotten with its connection, which leaves no row behind and others alone', async () => {
    const store = bench.memory()
    cloud(store)
    await settleAggregates(store, 'c1', { pause: soon })
    put(store, 'clients', [client('z')], 'c2')
    await forgetConnection(store, 'c1', soon)
    const tables = store.cache.prepare(
      `SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) p ON p.name = 'connection_id' WHERE m.type = 'table'`,
    )
    for (const { name } of tables.all() as { name: string }[])
      expect(store.cache.prepare(`SELECT count(*) n FROM ${name} WHERE connection_id = 'c1'`).get(), name).toEqual({ n: 0 })
    expect(found(store, 'search_trigram', foldText('клиент'))).toEqual(['z'])
  })
})

describe('a full disk', () => {
  it('is said in a code, and what was stored stays', () => {
    const store = bench.open()
    put(store, 'clients', [client('a')])
    const pages = Number(store.cache.pragma('page_count', { simple: true }))
    store.cache.pragma(`max_page_count = ${String(pages + 2)}`)
    const many = Array.from({ length: 400 }, (_, index) => client(`k${String(index)}`, { name: 'я'.repeat(400) }))
    let code = ''
    try {
      put(store, 'clients', many)
    } catch (error) {
      code = error instanceof AppError ? error.code : String(error)
    }
    expect(code).toBe('disk-full')
    expect(store.cache.prepare('SELECT id FROM client').all()).toEqual([{ id: 'a' }])
  })
})
