import { capabilityOf } from '../../electron/core/platforms/port/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { everythingOffered } from '../support/notes-console'
import { CONNECTION, dashboardBench, NOW, refusal, type DashboardBench } from '../support/dashboard-store'

let bench: DashboardBench
beforeEach(() => {
  bench = dashboardBench()
})
afterEach(() => bench.close())
const EARLIER = NOW - 3_600_000

describe('before there is anything to compute from', () => {
  it('no figure is a number, each says why, and nothing is said to be in order', () => {
    const found = bench.summary()
    expect([found.clients.count, found.servers.count, found.charged.amount, found.negative.clients, found.volume.use]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
    expect(found.limits.map(({ use, parts }) => [use, parts.length])).toEqual(found.limits.map(() => [null, 0]))
    for (const asOf of [found.clients.asOf, found.servers.asOf, found.negative.asOf, found.volume.asOf, found.charged.asOf])
      expect(asOf).toMatchObject({ at: null, missing: { why: 'not-read' } })
    expect(found.unowned).toBeNull()
    expect(found.issues).toEqual([])
    expect(found.unseen.map(({ what }) => what)).toEqual(['limits', 'balances', 'alerts', 'client-limits', 'administrators'])
  })

  it('rows that are there and not counted yet are not a figure either', () => {
    bench.read('servers', { counted: null })
    bench.use({ hypervisor: 'kvm', servers: 5 })
    expect(bench.summary().servers).toMatchObject({ count: null, asOf: { at: null } })
  })

  it('says that a list is refused, in the platform’s words, or not offered', () => {
    bench.read('servers', { at: null, error: refusal('Not for you.') })
    expect(bench.summary().servers).toMatchObject({
      count: null,
      asOf: { missing: { dataset: 'servers', why: 'refused', text: 'Not for you.' } },
    })
    const capabilities = everythingOffered()
    capabilities.datasets.statistics = { ...capabilityOf(capabilities, 'statistics'), certainty: 'inferred', offered: false }
    const other = dashboardBench(capabilities)
    expect(other.summary().charged).toMatchObject({ amount: null, asOf: { missing: { dataset: 'statistics', why: 'not-offered' } } })
    expect(other.series().statistics.missing?.why).toBe('not-offered')
    other.close()
  })
})

describe('a figure and its moment', () => {
  it('is stamped with the moment that it was counted for, not with a newer one of its list', () => {
    bench.read('servers', { at: NOW, counted: EARLIER })
    bench.use({ hypervisor: 'kvm', servers: 5, cpu: 10 })
    const found = bench.summary()
    expect(found.servers).toMatchObject({ count: 5, asOf: { at: EARLIER } })
    expect(bench.series().points).toMatchObject([{ cpu: null }, { at: EARLIER, cpu: 10 }])
  })

  it('says of a list that is no longer refreshed which it is, and how many rows it goes without', () => {
    bench.read('servers', { error: { code: 'platform-error', message: '', retryable: true, details: {} }, unreadable: 3 })
    expect(bench.summary().servers.asOf).toMatchObject({ at: NOW, missing: { dataset: 'servers', why: 'failing' }, without: 3 })
  })

  it('adds up the disks that it lists, whoever owns them', () => {
    for (const dataset of ['disks', 'vdcs'] as const) bench.read(dataset)
    bench.use({ hypervisor: 'kvm', disks: 1, volumeGb: 0 })
    const insert = bench.store.cache.prepare(
      `INSERT INTO disk_usage (connection_id, hypervisor_id, billing_class_id, storage_profile_id, name, disks, volume_gb) VALUES ('${CONNECTION}', ?, ?, '', ?, 1, ?)`,
    )
    insert.run('kvm', 'ssd', 'SSD', 30)
    insert.run('', 'sas', 'SAS', 12.5)
    const { disks, volume } = bench.summary()
    expect(disks.map(({ useGb }) => useGb)).toEqual([30, 12.5])
    expect(volume.use).toBe(42.5)
  })
})

describe('what hangs on no known client', () => {
  it('is in the totals, and told', () => {
    for (const dataset of ['servers', 'vdcs', 'projects', 'clients'] as const) bench.read(dataset)
    bench.use({ hypervisor: 'kvm', servers: 21 })
    bench.client('c')
    bench.clientUse('c', { hypervisor: 'kvm', servers: 3 })
    bench.clientUse('', { hypervisor: 'kvm', servers: 18 })
    expect(bench.summary()).toMatchObject({ servers: { count: 21 }, unowned: { servers: 18 } })
    expect(bench.contributors('servers')).toMatchObject({ rows: [{ clientId: 'c', use: 3 }], unowned: 18 })
  })
})

describe('the list of issues', () => {
  const everything = [
    'clients',
    'contracts',
    'accounts',
    'notes',
    'limits',
    'partners',
    'projects',
    'vdcs',
    'servers',
    'disks',
    'ports',
    'networks',
    'routers',
  ] as const

  it('has looked at everything only when all was read and is current', () => {
    for (const dataset of everything) bench.read(dataset)
    bench.partner('p')
    expect(bench.summary().unseen).toEqual([])
    bench.read('accounts', { error: refusal('No users.') })
    expect(bench.summary().unseen).toMatchObject([{ what: 'administrators', at: NOW, missing: { why: 'refused', text: 'No users.' } }])
  })

  it('knows alerts that are kept here without asking anybody', () => {
    const capabilities = everythingOffered()
    capabilities.datasets.notes = { ...capabilityOf(capabilities, 'notes'), certainty: 'inferred', offered: false }
    const other = dashboardBench(capabilities)
    expect(other.summary().unseen.map(({ what }) => what)).not.toContain('alerts')
    other.close()
  })

  it('puts clients whose limit is exceeded above what is only coming near', () => {
    for (const dataset of everything) bench.read(dataset)
    bench.partner('p')
    bench.use({ hypervisor: 'kvm', cpu: 90 })
    bench.limit({ kind: 'partner', id: 'p' }, 'kvm', 'cpu', 100)
    bench.store.cache.prepare(`INSERT INTO client_summary (connection_id, client_id, tight_state) VALUES (?, 'x', 'over')`).run(CONNECTION)
    expect(bench.summary().issues.map(({ kind }) => kind)).toEqual(['clients-near-limit', 'limit'])
  })

  it('counts the clients that are near a limit of the chosen hypervisor', () => {
    for (const dataset of everything) bench.read(dataset)
    bench.store.cache.prepare(`INSERT INTO client_summary (connection_id, client_id, tight_state) VALUES (?, 'x', 'over')`).run(CONNECTION)
    bench.clientUse('x', { hypervisor: 'kvm', cpu: 11 })
    bench.clientUse('x', { hypervisor: 'esx', cpu: 1 })
    bench.limit({ kind: 'client', id: 'x' }, 'kvm', 'cpu', 10)
    bench.limit({ kind: 'client', id: 'x' }, 'esx', 'cpu', 10)
    const near = (hypervisor: string | null) => bench.summary(hypervisor).issues.filter(({ kind }) => kind === 'clients-near-limit')
    expect(near(null)).toMatchObject([{ count: 1, level: 'over' }])
    expect(near('kvm')).toMatchObject([{ count: 1, level: 'over' }])
    expect(near('esx')).toEqual([])
  })
})
