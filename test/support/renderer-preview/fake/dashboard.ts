import type { Dataset } from '@shared/domain/datasets'
import type { DashboardSummary, LimitPart, LimitTile, Series } from '@shared/ipc/dashboard'
import type { Output } from '@shared/ipc/contract'
import type { AsOf, Missing } from '@shared/ipc/rows'
import { limitTypes, usageState, type LimitType } from '@shared/domain/limits'
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
const whole: AsOf = { at: NOW - 20_000, complete: true, missing: null, without: 0 }
const lacking = (dataset: Dataset, why: Missing['why']): AsOf => ({
  at: null,
  complete: false,
  missing: { dataset, why, text: null },
  without: 0,
})

/** The first hypervisor has nine tenths of the use and stands close to its limit; the second has room. */
const partsOf = (type: LimitType): LimitPart[] => {
  const [use, limit] = uses[type] ?? [0, 1]
  const [first, second] = hypervisors
  const near = Math.round(use * 0.9)
  const part = (at: typeof first, used: number, most: number): LimitPart[] =>
    at
      ? [
          {
            hypervisorId: at.id,
            hypervisorName: at.name,
            partnerName: null,
            use: used,
            limit: most,
            state: usageState(used, most),
            atLeast: false,
          },
        ]
      : []
  return [...part(first, near, Math.round(limit * 0.9)), ...part(second, use - near, limit)]
}

const tileOf = (fake: FakeState, type: LimitType, asOf: AsOf): LimitTile => {
  const limitAsOf = fake.bare ? lacking('limits', 'not-offered') : fake.first ? lacking('limits', 'not-read') : asOf
  return {
    type,
    use: asOf.at === null ? null : fake.empty ? 0 : (uses[type]?.[0] ?? 0),
    asOf,
    parts: limitAsOf.at === null ? [] : partsOf(type),
    limitAsOf,
  }
}

export const makeSummary = (fake: FakeState): DashboardSummary => {
  const read: AsOf = { ...whole, at: NOW - (fake.offline ? 16 * 60_000 : 20_000) }
  const of = (dataset: Dataset): AsOf => (fake.first ? lacking(dataset, 'not-read') : read)
  const none = fake.empty || fake.first
  const n = fake.first ? null : fake.empty ? 0 : fake.size
  const count = (value: number, delta: number, seed: number, dataset: Dataset) => ({
    count: fake.first ? null : fake.empty ? 0 : value,
    delta30: none ? null : delta,
    spark: none ? [] : spark(seed, value - delta, value),
    asOf: of(dataset),
  })
  const routers = tileOf(fake, 'routers', of('routers'))
  const ip = tileOf(fake, 'ip', of('ports'))
  return {
    clients: count(n ?? 0, 9, 1, 'clients'),
    servers: count(4700, 38, 2, 'servers'),
    charged: {
      amount: fake.bare || fake.first ? null : rub(none ? 0 : 3_681_105_422),
      since: NOW - 20 * 86_400_000,
      compared: none || fake.bare ? null : { days: 20, now: rub(3_601_105_422), before: rub(3_466_200_000) },
      spark: none || fake.bare ? [] : spark(3, 100, 190),
      asOf: fake.bare ? lacking('statistics', 'not-offered') : of('statistics'),
    },
    negative: { clients: fake.first ? null : none ? 0 : 17, totals: none ? [] : [rub(-86_285_676)], asOf: of('contracts') },
    disks: none
      ? []
      : [
          { billingClassId: 'kvm_hdd_ultrafast', name: 'SSD', useGb: 182_400, delta30Gb: 14_200, spark: spark(4, 168_200, 182_400) },
          { billingClassId: 'kvm_hdd_fast', name: 'SAS', useGb: 96_100, delta30Gb: -1800, spark: spark(5, 97_900, 96_100) },
          { billingClassId: 'kvm_hdd_slow', name: 'SATA', useGb: 412_800, delta30Gb: 41_600, spark: spark(6, 371_200, 412_800) },
        ],
    volume: { ...tileOf(fake, 'volume', of('disks')), delta30Gb: none ? null : 54_000 },
    limits: limitTypes.filter((type) => type !== 'volume').map((type) => tileOf(fake, type, of('servers'))),
    partnerLimits: {
      read: fake.bare || fake.first ? 0 : 1,
      of: 1,
      asOf: fake.bare ? lacking('limits', 'not-offered') : of('limits'),
    },
    hypervisors,
    hypervisorsSince: none ? null : NOW - 3 * 86_400_000,
    unowned: fake.first ? null : { servers: fake.empty ? 0 : 3, disks: fake.empty ? 0 : 5, ip: 0, networks: 0, routers: 0 },
    issues: none ? [] : issuesOf(routers, ip),
    unseen: fake.first
      ? [
          { what: 'limits', missing: { dataset: 'limits', why: 'not-read', text: null }, at: null },
          { what: 'balances', missing: { dataset: 'contracts', why: 'not-read', text: null }, at: null },
        ]
      : [],
  }
}

const issuesOf = (routers: LimitTile, ip: LimitTile): DashboardSummary['issues'] => {
  const plain = { limitType: null, part: null, others: 0, money: [], since: null }
  return [
    { ...plain, kind: 'limit', level: 'over', count: null, limitType: 'routers', part: routers.parts[0] ?? null },
    { ...plain, kind: 'negative-balance', level: 'over', count: 17, money: [rub(-86_285_676)] },
    { ...plain, kind: 'alerts-due', level: 'over', count: 3, since: NOW - 52 * 3_600_000 },
    { ...plain, kind: 'conflicts', level: 'near', count: 1 },
    { ...plain, kind: 'limit', level: 'reached', count: null, limitType: 'ip', part: ip.parts[0] ?? null },
    { ...plain, kind: 'unmanaged', level: 'near', count: 13 },
  ]
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
  return { from, to, source: 'platform', historySince: null, statistics: whole, step, points }
}
export const makeContributors = (type: LimitType): Output<'dashboard', 'contributors'> => ({
  rows: Array.from({ length: 12 }, (_, i) => ({
    clientId: clientId(i * 5),
    clientName: makeClient(i * 5).name,
    use: 340 - i * 22,
    tightest: partsOf(type).map((part) => ({ ...part, use: 340 - i * 22, limit: 360, state: usageState(340 - i * 22, 360) }))[0] ?? null,
  })),
  unowned: 3,
  asOf: whole,
  limitsAsOf: whole,
})
