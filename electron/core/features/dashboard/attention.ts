import type { AttentionItem } from '@shared/ipc/dashboard'
import type { Money } from '@shared/domain/money'
import type { UseOfLimit } from './figures'

/** What may need a person, as counted elsewhere. */
export interface AttentionInput {
  tokenRejected: boolean
  limits: readonly UseOfLimit[]
  negative: { clients: number; totals: Money[] }
  alertsDue: { count: number; since: number | null }
  conflicts: number
  blocked: number
  unmanaged: number
  nearLimit: { count: number; over: number; reached: number }
  incomplete: number
}

const empty = { count: null, limitType: null, money: [], since: null, use: null, limit: null } as const
const item = (kind: AttentionItem['kind'], level: AttentionItem['level'], more: Partial<AttentionItem> = {}): AttentionItem => ({
  ...empty,
  kind,
  level,
  ...more,
  money: more.money ?? [],
})

/**
 * What needs a person, by what is at stake: first what stops the work or could lose it, then what stops clients, then
 * money, then what a person promised, then what is only coming near.
 */
export const attention = (input: AttentionInput): AttentionItem[] => {
  const ranked: [stake: number, item: AttentionItem][] = [
    ...(input.tokenRejected ? [[100, item('token-rejected', 'over')] as [number, AttentionItem]] : []),
    ...counted(95, input.blocked, (count) => item('blocked', 'over', { count })),
    ...input.limits.flatMap(limitItem),
    ...counted(80, input.conflicts, (count) => item('conflicts', 'reached', { count })),
    ...counted(70, input.negative.clients, (count) => item('negative-balance', 'over', { count, money: input.negative.totals })),
    ...counted(60, input.alertsDue.count, (count) => item('alerts-due', 'reached', { count, since: input.alertsDue.since })),
    ...counted(nearLimitStake(input.nearLimit), input.nearLimit.count, (count) =>
      item('clients-near-limit', nearLimitLevel(input.nearLimit), { count }),
    ),
    ...counted(30, input.unmanaged, (count) => item('unmanaged', 'near', { count })),
    ...counted(20, input.incomplete, (count) => item('sync-incomplete', 'near', { count })),
  ]
  return ranked.sort(([a], [b]) => b - a).map(([, it]) => it)
}

const counted = (stake: number, count: number, make: (count: number) => AttentionItem): [number, AttentionItem][] =>
  count > 0 ? [[stake, make(count)]] : []

/** The partner's own limits stop every client at once; within a level the tighter one comes first. */
const limitItem = ({ type, use, limit, state }: UseOfLimit): [number, AttentionItem][] => {
  if (limit === null || state === null || state === 'ok') return []
  const stake = { over: 90, reached: 85, near: 50 }[state]
  const share = limit > 0 ? Math.min(use / limit, 4) : 4
  return [[stake + share, item('limit', state, { limitType: type, use, limit })]]
}

const nearLimitLevel = ({ over, reached }: AttentionInput['nearLimit']): AttentionItem['level'] =>
  over > 0 ? 'over' : reached > 0 ? 'reached' : 'near'
const nearLimitStake = ({ over, reached }: AttentionInput['nearLimit']): number => (over + reached > 0 ? 45 : 40)
