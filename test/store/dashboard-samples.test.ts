import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeSample } from '../../electron/core/features/dashboard/sampler'
import { insertSample, samplesBetween, type Sample } from '../../electron/core/store/local/samples'
import { CONNECTION, dashboardBench, NOW, refusal, type DashboardBench } from '../support/dashboard-store'

const DAY = 86_400_000
/** Midnight in Moscow of that day of March. */
const midnight = (day: number): number => Date.UTC(2026, 2, day) - 3 * 3_600_000

let bench: DashboardBench
beforeEach(() => {
  bench = dashboardBench()
})
afterEach(() => bench.close())
const kept = (): Sample[] => samplesBetween(bench.store.local, CONNECTION, { from: 0, to: NOW + DAY })

describe('a sample of the figures', () => {
  it('is taken only once there is something to sample, at the moment that it was counted for', () => {
    takeSample(bench.workspace, CONNECTION)
    bench.read('servers', { counted: null })
    takeSample(bench.workspace, CONNECTION)
    expect(kept()).toEqual([])
    bench.read('servers', { counted: NOW - 7 })
    bench.use({ hypervisor: 'kvm', servers: 3, cpu: 6, ramGb: 1.5 })
    takeSample(bench.workspace, CONNECTION)
    expect(kept()).toMatchObject([{ at: NOW - 7, servers: 3, cpu: 6, ramGb: 1.5 }])
  })

  it('keeps null, and never zero, for what was not known or not refreshed then', () => {
    bench.read('servers')
    bench.read('disks', { error: refusal('no') })
    bench.use({ hypervisor: 'kvm', servers: 3, volumeGb: 40 })
    takeSample(bench.workspace, CONNECTION)
    expect(kept()).toMatchObject([
      {
        servers: 3,
        clients: null,
        volumeGb: null,
        diskGb: null,
        ip: null,
        networks: null,
        routers: null,
        negativeClients: null,
        hypervisors: null,
      },
    ])
  })

  it('tells hypervisors apart from now on', () => {
    for (const dataset of ['servers', 'vdcs', 'disks'] as const) bench.read(dataset)
    bench.use({ hypervisor: 'kvm', servers: 3, cpu: 6 })
    bench.use({ hypervisor: 'esx', servers: 1, cpu: 2 })
    takeSample(bench.workspace, CONNECTION)
    expect(kept()[0]?.hypervisors).toMatchObject({ kvm: { servers: 3, cpu: 6 }, esx: { servers: 1, cpu: 2 } })
  })
})

const sample = (at: number, cpu: number, hypervisors: Sample['hypervisors'] = null): void => {
  const rest = { clients: 1, servers: 1, ramGb: cpu, volumeGb: 0, diskGb: {}, ip: 0, networks: 0, routers: 0, negativeClients: 0 }
  insertSample(bench.store.local, CONNECTION, { at, cpu, ...rest, hypervisors })
}
const only = (cpu: number): Sample['hypervisors'] => ({ kvm: { servers: 1, cpu, ramGb: 1, volumeGb: 0, diskGb: {} } })

describe('the chart over our own samples', () => {
  it('has one point for each day of the platform, its last one', () => {
    sample(midnight(1) + 1, 1)
    sample(midnight(2) - 1, 2)
    sample(midnight(2), 3)
    sample(midnight(3) - 1, 4)
    expect(bench.series().points.filter(({ cpu }) => cpu !== null)).toMatchObject([
      { at: midnight(2) - 1, cpu: 2 },
      { at: midnight(3) - 1, cpu: 4 },
    ])
  })

  it('of one hypervisor begins where samples tell it apart, and ends with its own figure of now', () => {
    for (const dataset of ['servers', 'vdcs'] as const) bench.read(dataset)
    bench.use({ hypervisor: 'kvm', servers: 1, cpu: 9 })
    bench.use({ hypervisor: 'esx', servers: 5, cpu: 50 })
    sample(midnight(1), 100)
    sample(midnight(5), 110, only(7))
    const kvm = bench.series('kvm')
    expect(kvm).toMatchObject({ source: 'own', historySince: midnight(5) })
    expect(kvm.points.filter(({ cpu }) => cpu !== null).map(({ cpu }) => cpu)).toEqual([7, 9])
    expect(
      bench
        .series()
        .points.filter(({ cpu }) => cpu !== null)
        .map(({ cpu }) => cpu),
    ).toEqual([100, 110, 59])
    // A hypervisor that a sample does not name had nothing in use.
    expect(
      bench
        .series('esx')
        .points.filter(({ cpu }) => cpu !== null)
        .map(({ cpu }) => cpu),
    ).toEqual([0, 50])
    expect(bench.summary('kvm')).toMatchObject({ hypervisorsSince: midnight(5), servers: { count: 1, spark: [1, 1] } })
  })
})
