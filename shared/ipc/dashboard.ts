import { z } from 'zod'
import { LimitType, Money, UsageState } from '../domain/schemas'
import { call } from './call'
import { AsOf, HypervisorRow, Id, Moment } from './rows'

export const LimitTile = z.object({
  type: LimitType,
  use: z.number(),
  /** null: no limit of this type is known. */
  limit: z.number().nullable(),
  state: UsageState.nullable(),
  asOf: AsOf,
})
export type LimitTile = z.infer<typeof LimitTile>

export const AttentionItem = z.object({
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
  money: z.array(Money),
  /** Oldest moment among the items, where it says something. */
  since: Moment.nullable(),
  use: z.number().nullable(),
  limit: z.number().nullable(),
})
export type AttentionItem = z.infer<typeof AttentionItem>

/** Whole days of this month against the same days of the month before: a day that is not over is compared with nothing. */
const WholeDays = z.object({ days: z.int().min(1), now: Money, before: Money })

export const DashboardSummary = z.object({
  clients: z.object({ count: z.number(), delta30: z.number().nullable(), spark: z.array(z.number()), asOf: AsOf }),
  servers: z.object({ count: z.number(), delta30: z.number().nullable(), spark: z.array(z.number()), asOf: AsOf }),
  /** Charged since the first of the month, from the platform's statistics; null where it has none. */
  charged: z.object({ amount: Money, since: Moment, compared: WholeDays.nullable(), spark: z.array(z.number()), asOf: AsOf }).nullable(),
  negative: z.object({ clients: z.number(), totals: z.array(Money), asOf: AsOf }),
  cpu: z.object({ use: z.number(), limit: z.number().nullable(), state: UsageState.nullable() }),
  ram: z.object({ use: z.number(), limit: z.number().nullable(), state: UsageState.nullable() }),
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
  volume: z.object({ useGb: z.number(), limitGb: z.number().nullable(), state: UsageState.nullable(), delta30Gb: z.number().nullable() }),
  diskAsOf: AsOf,
  limits: z.array(LimitTile),
  limitsOffered: z.boolean(),
  hypervisors: z.array(HypervisorRow),
  attention: z.array(AttentionItem),
})
export type DashboardSummary = z.infer<typeof DashboardSummary>

export const SeriesPoint = z.object({ at: Moment, cpu: z.number().nullable(), ramGb: z.number().nullable() })
export const Series = z.object({
  from: Moment,
  to: Moment,
  /** 'platform': its statistics; 'own': the console's samples, since `historySince`. */
  source: z.enum(['platform', 'own']),
  historySince: Moment.nullable(),
  /** Width of a bucket in ms. A bucket with no data is a point with nulls. */
  step: z.int(),
  points: z.array(SeriesPoint).max(2000),
})
export type Series = z.infer<typeof Series>

export const dashboardCalls = {
  summary: call(z.strictObject({ connectionId: Id, hypervisorId: z.string().max(200).nullable() }), DashboardSummary),
  series: call(
    z.strictObject({
      connectionId: Id,
      period: z.union([z.enum(['hour', 'day', 'week', 'month']), z.strictObject({ from: Moment, to: Moment })]),
    }),
    Series,
  ),
  /** Who makes up a figure: the clients that use most of it. */
  contributors: call(
    z.strictObject({ connectionId: Id, type: LimitType, hypervisorId: z.string().max(200).nullable() }),
    z.array(
      z.object({ clientId: Id, clientName: z.string(), use: z.number(), limit: z.number().nullable(), state: UsageState.nullable() }),
    ),
  ),
}
