import type { DashboardSummary, Series } from '@shared/ipc/dashboard'
import { limitTypes } from '@shared/domain/limits'
import { clientId, hypervisors, makeClient, NOW } from './clients'
import { noise } from './random'
import type { FakeState } from './state'

const rub = (minor: number) => ({ minor, currency: 'RUB' })
const spark = (seed: number, from: number, to: number): number[] =>
  Array.from({ length: 30 }, (_, i) => Math.round(from + ((to - from) * i) / 29 + (noise(seed, i) - 0.5) * (to - from) * 0.2))
const uses: Record<string, [number, number]> = {
  servers: [4700, 5300],
  disks: [5918, 8000],
  volume: [691_300, 800_000],
  ip: [1024, 1024],
  networks: [412, 600],
  routers: [318, 300],
  ram: [11_960, 16_384],
  cpu: [3380, 4096],
}
const state = (use: number, limit: number) =>
  use > limit ? ('over' as const) : use === limit ? ('reached' as const) : use / limit >= 0.8 ? ('near' as const) : ('ok' as const)

export const makeSummary = (fake: FakeState): DashboardSummary => {
  const asOf = { at: NOW - (fake.offline ? 16 * 60_000 : 20_000), complete: !fake.first, missing: null, without: 0 }
  const none = fake.empty || fake.first
  const n = none ? 0 : fake.size
  return {
    clients: { count: n, delta30: none ? null : 9, spark: none ? [] : spark(1, n - 9, n), asOf },
    servers: { count: none ? 0 : 4700, delta30: none ? null : 38, spark: none ? [] : spark(2, 4662, 4700), asOf },
    charged: fake.bare
      ? null
      : {
          amount: rub(none ? 0 : 3_681_105_422),
          since: NOW - 20 * 86_400_000,
          compared: none ? null : { days: 20, now: rub(3_601_105_422), before: rub(3_466_200_000) },
          spark: none ? [] : spark(3, 100, 190),
          asOf,
        },
    negative: { clients: none ? 0 : 17, totals: none ? [] : [rub(-86_285_676)], asOf },
    cpu: { use: none ? 0 : 3380, limit: fake.bare ? null : 4096, state: fake.bare ? null : 'near' },
    ram: { use: none ? 0 : 11_960, limit: fake.bare ? null : 16_384, state: fake.bare ? null : 'ok' },
    disks: none
      ? []
      : [
          { billingClassId: 'kvm_hdd_ultrafast', name: 'SSD', useGb: 182_400, delta30Gb: 14_200, spark: spark(4, 168_200, 182_400) },
          { billingClassId: 'kvm_hdd_fast', name: 'SAS', useGb: 96_100, delta30Gb: -1800, spark: spark(5, 97_900, 96_100) },
          { billingClassId: 'kvm_hdd_slow', name: 'SATA', useGb: 412_800, delta30Gb: 41_600, spark: spark(6, 371_200, 412_800) },
        ],
    volume: { useGb: none ? 0 : 691_300, limitGb: 800_000, state: 'near', delta30Gb: 54_000 },
    diskAsOf: asOf,
    limits: fake.bare
      ? []
      : limitTypes.map((type) => {
          const [use, limit] = uses[type] ?? [0, 1]
          if (fake.first) return { type, use: 0, limit: null, state: null, asOf: { at: null, complete: false, missing: null, without: 0 } }
          return { type, use: none ? 0 : use, limit, state: state(none ? 0 : use, limit), asOf }
        }),
    limitsOffered: !fake.bare,
    hypervisors,
    attention: none
      ? []
      : [
          { kind: 'limit', level: 'over', count: null, limitType: 'routers', money: [], since: null, use: 318, limit: 300 },
          {
            kind: 'negative-balance',
            level: 'over',
            count: 17,
            limitType: null,
            money: [rub(-86_285_676)],
            since: null,
            use: null,
            limit: null,
          },
          { kind: 'alerts-due', level: 'over', count: 3, limitType: null, money: [], since: NOW - 52 * 3_600_000, use: null, limit: null },
          { kind: 'conflicts', level: 'near', count: 1, limitType: null, money: [], since: null, use: null, limit: null },
          { kind: 'limit', level: 'reached', count: null, limitType: 'ip', money: [], since: null, use: 1024, limit: 1024 },
          { kind: 'unmanaged', level: 'near', count: 13, limitType: null, money: [], since: null, use: null, limit: null },
        ],
  }
}

const spans = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000, month: 30 * 86_400_000 }
export const makeSeries = (period: keyof typeof spans | { from: number; to: number }, empty: boolean): Series => {
  const to = typeof period === 'string' ? NOW : period.to
  const from = typeof period === 'string' ? NOW - spans[period] : period.from
  const count = 96
  const step = Math.max(60_000, Math.round((to - from) / count))
  const points = Array.from({ length: empty ? 0 : count }, (_, i) => {
    const gap = i > 47 && i < 54
    const wave = Math.sin((i / count) * Math.PI * 2)
    return {
      at: from + i * step,
      cpu: gap ? null : Math.round(2700 + wave * 500 + noise(i, 1) * 120),
      ramGb: gap ? null : Math.round(10_600 + wave * 1200 + noise(i, 2) * 300),
    }
  })
  const last = points.at(-1)
  if (last) Object.assign(last, { cpu: 3380, ramGb: 11_960 })
  return { from, to, source: 'platform', historySince: null, step, points }
}
export const makeContributors = () =>
  Array.from({ length: 12 }, (_, i) => ({
    clientId: clientId(i * 5),
    clientName: makeClient(i * 5).name,
    use: 340 - i * 22,
    limit: 360,
    state: i === 0 ? ('near' as const) : ('ok' as const),
  }))
