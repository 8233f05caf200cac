import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LimitType } from '../../shared/domain/limits'
import { CONNECTION, dashboardBench, NOW, type DashboardBench } from '../support/dashboard-store'

let bench: DashboardBench
beforeEach(() => {
  bench = dashboardBench()
  for (const dataset of ['clients', 'projects', 'vdcs', 'servers', 'disks', 'ports', 'networks', 'routers', 'limits', 'partners'] as const)
    bench.read(dataset)
})
afterEach(() => bench.close())

const tile = (type: LimitType, hypervisorId: string | null = null) =>
  bench.summary(hypervisorId).limits.find((one) => one.type === type) ?? expect.fail(`no tile ${type}`)
const partner = (id: string) => ({ kind: 'partner' as const, id })

describe('a limit and the use of its own hypervisor', () => {
  beforeEach(() => {
    bench.partner('p')
    bench.use({ hypervisor: 'kvm', cpu: 1225 })
    bench.use({ hypervisor: 'esx', cpu: 575 })
    bench.limit(partner('p'), 'kvm', 'cpu', 1220)
    bench.limit(partner('p'), 'esx', 'cpu', 900)
  })

  it('shows the worst, named, and never the sum that hides it', () => {
    expect(tile('cpu')).toMatchObject({
      use: 1800,
      parts: [
        { hypervisorName: 'KVM', use: 1225, limit: 1220, state: 'over' },
        { hypervisorName: 'ESX', use: 575, limit: 900, state: 'ok' },
      ],
    })
    expect(bench.summary().issues).toMatchObject([{ kind: 'limit', level: 'over', limitType: 'cpu', part: { hypervisorName: 'KVM' } }])
  })

  it('of the chosen hypervisor alone, for tile, limit and issues alike', () => {
    expect(tile('cpu', 'esx')).toMatchObject({ use: 575, parts: [{ hypervisorName: 'ESX', use: 575, limit: 900, state: 'ok' }] })
    expect(bench.summary('esx').issues).toEqual([])
    expect(tile('cpu', 'kvm')).toMatchObject({ use: 1225, parts: [{ use: 1225, limit: 1220, state: 'over' }] })
  })

  it('says of a hypervisor with use and no limit that none is set there', () => {
    bench.use({ hypervisor: 'new', cpu: 7 })
    expect(tile('cpu').parts.at(-1)).toMatchObject({ hypervisorName: 'NEW', use: 7, limit: null, state: null })
    expect(tile('cpu').parts[0]).toMatchObject({ hypervisorName: 'KVM', state: 'over' })
  })

  it('stands in the panel of a client by the same rule', () => {
    bench.client('c')
    bench.clientUse('c', { hypervisor: 'esx', ramGb: 76 })
    bench.limit({ kind: 'client', id: 'c' }, 'kvm', 'ram', 120)
    expect(bench.contributors('ram').rows).toMatchObject([
      { use: 76, tightest: { hypervisorName: 'KVM', use: 0, limit: 120, state: 'ok' } },
    ])
    expect(bench.contributors('ram', 'esx').rows).toMatchObject([{ use: 76, tightest: null }])
  })
})

describe('several partners', () => {
  beforeEach(() => {
    bench.client('a', 'p')
    bench.client('b', 'q')
    bench.use({ hypervisor: 'kvm', cpu: 110 })
    bench.clientUse('a', { hypervisor: 'kvm', cpu: 95 })
    bench.clientUse('b', { hypervisor: 'kvm', cpu: 15 })
  })

  it('compares nothing until the limits of all are read', () => {
    bench.partner('p')
    bench.partner('q', null)
    bench.limit(partner('p'), 'kvm', 'cpu', 90)
    expect(tile('cpu')).toMatchObject({ use: 110, parts: [], limitAsOf: { at: null, missing: { dataset: 'limits', why: 'not-read' } } })
    expect(bench.summary().partnerLimits).toMatchObject({ read: 1, of: 2, asOf: { at: null } })
    expect(bench.summary().issues).toEqual([])
  })

  it('compares each limit with the use of its own partner’s clients', () => {
    bench.partner('p')
    bench.partner('q')
    bench.limit(partner('p'), 'kvm', 'cpu', 90)
    bench.limit(partner('q'), 'kvm', 'cpu', 1000)
    expect(tile('cpu').parts).toMatchObject([
      { partnerName: 'p', use: 95, limit: 90, state: 'over', atLeast: false },
      { partnerName: 'q', use: 15, limit: 1000, state: 'ok', atLeast: false },
    ])
  })

  it('leaves a state open where some of the use belongs to no known partner, unless it is over anyway', () => {
    bench.partner('p')
    bench.partner('q')
    bench.limit(partner('p'), 'kvm', 'cpu', 90)
    bench.limit(partner('q'), 'kvm', 'cpu', 1000)
    bench.clientUse('', { hypervisor: 'kvm', cpu: 1 })
    expect(tile('cpu').parts).toMatchObject([
      { partnerName: 'p', state: 'over', atLeast: true },
      { partnerName: 'q', state: null, atLeast: true },
    ])
  })
})

describe("when the partner's own limits were read", () => {
  const asOf = () => bench.summary().partnerLimits

  it('does not wait for the limits of clients, and is as old as the partner read longest ago', () => {
    bench.read('limits', { at: null })
    bench.partner('p')
    expect(asOf()).toMatchObject({ read: 1, of: 1, asOf: { at: NOW, complete: true, missing: null } })
    bench.partner('q', NOW - 86_400_000)
    expect(asOf()).toMatchObject({ read: 2, of: 2, asOf: { at: NOW - 86_400_000 } })
  })

  it('says in the platform’s words that it refuses', () => {
    bench.partner('p', null)
    bench.store.cache
      .prepare(`INSERT INTO owner_state (connection_id, dataset, owner_id, error) VALUES (?, 'limits', 'p', ?)`)
      .run(CONNECTION, JSON.stringify({ code: 'forbidden', message: '', retryable: false, details: { texts: ['You may not.'] } }))
    bench.read('limits', { at: null })
    expect(asOf().asOf).toMatchObject({ at: null, missing: { why: 'refused', text: 'You may not.' } })
  })
})
