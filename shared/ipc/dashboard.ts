import { z } from 'zod'
import { LimitType, Money, UsageState } from '../domain/entities/fields'
import { call } from './call'
import { AsOf, HypervisorRow, Id, Missing, Moment } from './rows'

/** A limit with the use of its own hypervisor, and of its own partner's clients where a connection has several partners. */
export const LimitPart = z.object({
  /** Empty: rows whose hypervisor is not known. */
  hypervisorId: z.string(),
  hypervisorName: z.string(),
  /** Set where a connection has several partners. */
  partnerName: z.string().nullable(),
  use: z.number(),
  /** null: limits were read, and there is none of this type at this hypervisor. */
  limit: z.number().nullable(),
  /** null: nothing to compare with, or `atLeast` leaves it open. */
  state: UsageState.nullable(),
  /** Some of the use at this hypervisor belongs to no known partner: `use` is without it. */
  atLeast: z.boolean(),
})
export type LimitPart = z.infer<typeof LimitPart>

export const LimitTile = z.object({
  type: LimitType,
  /** Everything in use in the chosen scope; null = nothing to count from, and `asOf` says why. */
  use: z.number().nullable(),
  asOf: AsOf,
  /** One for each hypervisor (and partner), the tightest first; empty while they cannot be compared, and `limitAsOf` says why. */
  parts: z.array(LimitPart),
  limitAsOf: AsOf,
})
export type LimitTile = z.infer<typeof LimitTile>

export const Issue = z.object({
  kind: z.enum([
    'limit',
    'negative-balance',
    'alerts-due',
    'conflicts',
    'blocked',
    'unmanaged',
    'clients-near-limit',
    'sync-incomplete',
    'token-rejected',
  ]),
  level: z.enum(['near', 'reached', 'over']),
  count: z.number().nullable(),
  limitType: LimitType.nullable(),
  /** The limit that presses most, and how many more of its type press at other hypervisors. */
  part: LimitPart.nullable(),
  others: z.number(),
  money: z.array(Money),
  /** Oldest moment among the items, where it says something. */
  since: Moment.nullable(),
})
export type Issue = z.infer<typeof Issue>

/** What the list of issues could not look at, or looks at as it was at `at`. */
export const Unseen = z.object({
  what: z.enum(['limits', 'client-limits', 'balances', 'alerts', 'administrators']),
  missing: Missing,
  at: Moment.nullable(),
})
export type Unseen = z.infer<typeof Unseen>

/** Whole days of this month against the same days of the month before: a day that is not over is compared with nothing. */
const WholeDays = z.object({ days: z.int().min(1), now: Money, before: Money })

/** A figure with its change over a month and its days; null = nothing to count from, and `asOf` says why. */
const Count = z.object({ count: z.number().nullable(), delta30: z.number().nullable(), spark: z.array(z.number()), asOf: AsOf })

/**
 * Use, servers, disks and limits are those of the chosen hypervisor; clients, charges, balances, alerts and administrators
 * cannot be told by hypervisor and are always over all.
 */
export const DashboardSummary = z.object({
  clients: Count,
  servers: Count,
  /** Charged since the first of the month, by the platform's statistics; `amount` is null where it does not say. */
  charged: z.object({ amount: Money.nullable(), since: Moment, compared: WholeDays.nullable(), spark: z.array(z.number()), asOf: AsOf }),
  negative: z.object({ clients: z.number().nullable(), totals: z.array(Money), asOf: AsOf }),
  /** Ordered volume by billing class, GB. */
  disks: z.array(
    z.object({
      billingClassId: z.string(),
      name: z.string(),
      useGb: z.number(),
      delta30Gb: z.number().nullable(),
      spark: z.array(z.number()),
    }),
  ),
  /** `use` is the sum of `disks`. */
  volume: LimitTile.extend({ delta30Gb: z.number().nullable() }),
  limits: z.array(LimitTile),
  /** Whether the partners' own limits are known: nothing is compared until all of them are. */
  partnerLimits: z.object({ read: z.number(), of: z.number(), asOf: AsOf }),
  hypervisors: z.array(HypervisorRow),
  /** Since when the console keeps figures by hypervisor; null = not yet. */
  hypervisorsSince: Moment.nullable(),
  /** What is counted above and hangs on no known client; null while owners are not known. */
  unowned: z.object({ servers: z.number(), disks: z.number(), ip: z.number(), networks: z.number(), routers: z.number() }).nullable(),
  issues: z.array(Issue),
  unseen: z.array(Unseen),
})
export type DashboardSummary = z.infer<typeof DashboardSummary>

export const SeriesPoint = z.object({ at: Moment, cpu: z.number().nullable(), ramGb: z.number().nullable() })
export const Series = z.object({
  from: Moment,
  to: Moment,
  /** 'platform': its statistics; 'own': the console's samples, since `historySince`. */
  source: z.enum(['platform', 'own']),
  historySince: Moment.nullable(),
  /** How the platform's statistics stand: they have no figures by hypervisor. */
  statistics: AsOf,
  /** Width of a bucket in ms. A bucket with no data is a point with nulls. */
  step: z.int(),
  points: z.array(SeriesPoint).max(2000),
})
export type Series = z.infer<typeof Series>

const Scope = z.strictObject({ connectionId: Id, hypervisorId: z.string().max(200).nullable() })

/** A client's use of one type in the chosen scope, and its own limit that presses most, with the use of the same hypervisor. */
export const Contributor = z.object({
  clientId: Id,
  clientName: z.string(),
  use: z.number(),
  tightest: LimitPart.nullable(),
})
export type Contributor = z.infer<typeof Contributor>

export const dashboardCalls = {
  summary: call(Scope, DashboardSummary),
  series: call(
    Scope.extend({
      period: z.union([z.enum(['hour', 'day', 'week', 'month']), z.strictObject({ from: Moment, to: Moment })]),
    }),
    Series,
  ),
  /** Who makes up a figure: the clients that use most of it, and how much hangs on no known client. */
  contributors: call(
    Scope.extend({ type: LimitType }),
    z.object({ rows: z.array(Contributor), unowned: z.number(), asOf: AsOf, limitsAsOf: AsOf }),
  ),
}
