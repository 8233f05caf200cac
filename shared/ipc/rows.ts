import { z } from 'zod'
import { EARLIEST_TIME, ID_LENGTH, LAST_MOMENT } from '../domain/bounds'
import { Dataset } from '../domain/datasets'
import { LimitType, Money, UsageState } from '../domain/entities/fields'

/** Pieces that the calls share. Times are UTC ms; null = the platform did not say. */
export const Id = z.string().min(1).max(ID_LENGTH)
export const Moment = z.int().min(EARLIEST_TIME).max(LAST_MOMENT)
export const Nothing = z.strictObject({})
export const Done = z.object({})

export const HypervisorRow = z.object({ id: Id, name: z.string(), type: z.string().nullable() })

/**
 * Why a figure is not there, or no longer refreshed: its list was not read yet, is refused (with the platform's own words),
 * is not offered by this deployment, comes without the fields that it needs, or fails for now. `not-counted`: the rows are
 * here, and adding them up is under way.
 */
export const Missing = z.object({
  dataset: Dataset,
  why: z.enum(['not-read', 'not-counted', 'refused', 'not-offered', 'without-fields', 'failing']),
  text: z.string().nullable(),
})
export type Missing = z.infer<typeof Missing>

/** As of when, and whether the last walk was complete: stands beside every figure. */
export const AsOf = z.object({
  /** null: there is nothing to compute from, and `missing` says why. */
  at: Moment.nullable(),
  complete: z.boolean(),
  missing: Missing.nullable(),
  /** Rows that the platform sent and the console could not read: the figure is without them. */
  without: z.number(),
})
export type AsOf = z.infer<typeof AsOf>

export const LimitUse = z.object({
  hypervisorId: z.string(),
  hypervisorName: z.string(),
  type: LimitType.nullable(),
  typeCode: z.string(),
  limit: z.number(),
  /** null: the console cannot count this type. */
  use: z.number().nullable(),
  state: UsageState.nullable(),
})
export type LimitUse = z.infer<typeof LimitUse>

export const ClientRow = z.object({
  connectionId: Id,
  id: Id,
  name: z.string(),
  createdAt: Moment.nullable(),
  partnerId: z.string().nullable(),
  partnerName: z.string().nullable(),
  contractId: z.string().nullable(),
  contractName: z.string().nullable(),
  balance: Money.nullable(),
  planId: z.string().nullable(),
  planName: z.string().nullable(),
  paymentModel: z.string().nullable(),
  projects: z.number().nullable(),
  /** null while the lists that it is counted from were not read. */
  servers: z.number().nullable(),
  cpu: z.number().nullable(),
  ramGb: z.number().nullable(),
  volumeGb: z.number().nullable(),
  /** No administrator among its users; null while users are unknown. */
  unmanaged: z.boolean().nullable(),
  tightest: LimitUse.nullable(),
  /** When this client's limits were last read; null = never. */
  limitsAt: Moment.nullable(),
  notes: z.number(),
})
export type ClientRow = z.infer<typeof ClientRow>

/** One window of a list: never the whole table. */
export const windowInput = { offset: z.int().min(0), limit: z.int().min(1).max(200) }
