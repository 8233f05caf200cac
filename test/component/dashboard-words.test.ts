import { describe, expect, it } from 'vitest'
import { tenths } from '@renderer/features/dashboard/amount'
import { historyWords, type SeriesData } from '@renderer/features/dashboard/series'
import { whyNoLimit } from '@renderer/features/dashboard/why-no-limit'
import type { LimitPart } from '../../shared/ipc/dashboard'
import type { Missing } from '../../shared/ipc/rows'

const NOW = Date.UTC(2026, 2, 10, 10)
const read = { at: NOW, complete: true, missing: null, without: 0 }
const lacking = (why: Missing['why'], dataset: Missing['dataset'] = 'limits') => ({
  ...read,
  at: null,
  complete: false,
  missing: { dataset, why, text: null },
})
const part: LimitPart = {
  hypervisorId: 'kvm',
  hypervisorName: 'KVM',
  partnerName: null,
  use: 1,
  limit: null,
  state: null,
  atLeast: false,
}

describe('why nothing is compared', () => {
  it('«не задан» is said only where limits were read and there is none', () => {
    expect(whyNoLimit({ parts: [part], limitAsOf: read })).toBe('dashboard.noLimit')
    expect(whyNoLimit({ parts: [{ ...part, limit: 2 }], limitAsOf: read })).toBeNull()
    expect(whyNoLimit({ parts: [], limitAsOf: lacking('not-read') })).toBe('dashboard.limitUnread')
    expect(whyNoLimit({ parts: [], limitAsOf: lacking('refused') })).toBe('dashboard.limitRefused')
    expect(whyNoLimit({ parts: [], limitAsOf: lacking('not-offered') })).toBe('dashboard.limitNotOffered')
    expect(whyNoLimit({ parts: [], limitAsOf: lacking('refused', 'vdcs') })).toBe('dashboard.useUnsplit')
    expect(whyNoLimit({ parts: [], limitAsOf: lacking('failing', 'servers') })).toBeNull()
  })
})

describe('where a chart’s points come from', () => {
  const series = (more: Partial<SeriesData>): SeriesData => ({
    from: 0,
    to: NOW,
    source: 'own',
    historySince: NOW - 86_400_000,
    statistics: read,
    step: 1,
    points: [],
    ...more,
  })
  const told = (one: SeriesData, hypervisor: string | null = null): string =>
    historyWords(one, { t: (key) => key, day: String, now: NOW, hypervisor })

  it('that the provider offers none is said only where it offers none', () => {
    expect(told(series({ source: 'platform' }))).toBe('dashboard.history.platform')
    expect(told(series({ statistics: lacking('not-offered', 'statistics') }))).toBe('dashboard.history.not-offered dashboard.history.since')
    expect(told(series({ statistics: lacking('not-read', 'statistics') }))).toBe('dashboard.history.not-read dashboard.history.since')
    expect(told(series({ statistics: lacking('refused', 'statistics') }))).toBe('dashboard.history.refused dashboard.history.since')
    expect(told(series({ historySince: null }))).toBe('dashboard.history.none dashboard.history.now')
  })
  it('of one hypervisor only our own samples tell', () => {
    expect(told(series({}), 'KVM')).toBe('dashboard.history.hypervisorSince')
    expect(told(series({ historySince: null }), 'KVM')).toBe('dashboard.history.hypervisorNow')
  })
})

it('shows memory to the tenth, in every place alike', () => {
  expect([tenths(30_244.5), tenths(30_244.449), tenths(7)]).toEqual([30_244.5, 30_244.4, 7])
})
