import type { UsageState } from '@shared/domain/limits'
import type { Issue, LimitPart, LimitTile, Unseen } from '@shared/ipc/dashboard'
import type { Money } from '@shared/domain/money'
import type { AsOf } from '@shared/ipc/rows'
import { pressure } from './figures'

/** What may need a person, as counted elsewhere. */
export interface IssueInput {
  tokenRejected: boolean
  limits: readonly Pick<LimitTile, 'type' | 'parts'>[]
  negative: { clients: number; totals: Money[] }
  alertsDue: { count: number; since: number | null }
  conflicts: number
  blocked: number
  unmanaged: number
  nearLimit: { count: number; over: number; reached: number }
  incomplete: number
}

const empty = { count: null, limitType: null, part: null, others: 0, money: [], since: null } as const
const item = (kind: Issue['kind'], level: Issue['level'], more: Partial<Issue> = {}): Issue => ({
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
export const issues = (input: IssueInput): Issue[] => {
  const ranked: [stake: number, item: Issue][] = [
    ...(input.tokenRejected ? [[100, item('token-rejected', 'over')] as [number, Issue]] : []),
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

const counted = (stake: number, count: number, make: (count: number) => Issue): [number, Issue][] =>
  count > 0 ? [[stake, make(count)]] : []

const stakes: Record<Exclude<UsageState, 'ok'>, number> = { over: 90, reached: 85, near: 50 }
const presses = ({ state }: LimitPart): boolean => state !== null && state !== 'ok'

/** The partner's own limits stop every client at once; within a level the tighter one comes first. A type is one row: its worst hypervisor. */
const limitItem = ({ type, parts }: Pick<LimitTile, 'type' | 'parts'>): [number, Issue][] => {
  const [worst, ...others] = parts.filter(presses)
  if (!worst || worst.state === null || worst.state === 'ok') return []
  const stake = stakes[worst.state] + (pressure(worst) % 10) / 3
  return [[stake, item('limit', worst.state, { limitType: type, part: worst, others: others.length })]]
}

/** Clients whose work is stopped stand with what stops, those that only come near with what comes near. */
const nearLimitLevel = ({ over, reached }: IssueInput['nearLimit']): Issue['level'] =>
  over > 0 ? 'over' : reached > 0 ? 'reached' : 'near'
const nearLimitStake = ({ over, reached }: IssueInput['nearLimit']): number => (over > 0 ? 65 : reached > 0 ? 55 : 40)

/** What the list above could not look at, or only as it was. */
export const unseen = (looked: readonly [what: Unseen['what'], asOf: AsOf][]): Unseen[] =>
  looked.flatMap(([what, { at, missing }]) => (missing === null ? [] : [{ what, missing, at }]))
