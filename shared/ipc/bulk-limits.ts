import { z } from 'zod'
import { bulkGroups } from '../domain/bulk-plan'
import { bulkRemarks, MOST_PERCENT, MOST_RULES, MOST_STEP } from '../domain/bulk-rules'
import { MOST_LIMIT } from '../domain/limit-matrix'
import { limitTypes } from '../domain/limits'
import { LimitType } from '../domain/entities/fields'
import { MOST_CHOSEN } from '../domain/selection'
import { AppErrorData } from '../errors'
import { call } from './call'
import { ClientQuery } from './clients'
import { RowSelection } from './list'
import { AsOf, Done, Id, windowInput } from './rows'

const where = { hypervisorId: Id.nullable(), type: LimitType }
const amount = { by: z.int().min(1).max(MOST_LIMIT), unit: z.enum(['count', 'percent']), step: z.int().min(1).max(MOST_STEP) }
const value = z.int().min(0).max(MOST_LIMIT)
export const BulkRule = z
  .discriminatedUnion('act', [
    z.strictObject({ act: z.literal('set'), ...where, value }),
    z.strictObject({ act: z.literal('at-least'), ...where, value }),
    z.strictObject({ act: z.literal('raise'), ...where, ...amount }),
    z.strictObject({ act: z.literal('lower'), ...where, ...amount }),
    z.strictObject({ act: z.literal('not-below-use'), ...where }),
    z.strictObject({ act: z.literal('remove'), ...where }),
    z.strictObject({ act: z.literal('template'), templateId: Id }),
  ])
  .refine((rule) => !('unit' in rule) || rule.unit === 'count' || rule.by <= (rule.act === 'lower' ? 100 : MOST_PERCENT))

/**
 * Clients of one connection: those that a list's question shows but the named ones, or the named ones alone. Rows of other
 * connections in the selection are left out.
 */
export const BulkChoice = z.strictObject({ connectionId: Id, query: ClientQuery, selection: RowSelection })
export type BulkChoice = z.infer<typeof BulkChoice>

/** Of the rows that may change: these, or all but these. */
const Left = z.strictObject({ mode: z.enum(['some', 'allExcept']), ids: z.array(Id).max(MOST_CHOSEN) })

const Warning = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('below-use'), use: z.number() }),
  z.object({ kind: z.literal('above-partner'), limit: z.number() }),
  z.object({ kind: z.literal('above-room'), room: z.number() }),
])
export const BulkCellRow = z.object({
  key: z.string(),
  hypervisorId: z.string(),
  type: LimitType,
  /** null: not set, which is not 0. */
  was: z.number().nullable(),
  then: z.number().nullable(),
  use: z.number().nullable(),
  remark: z.enum(bulkRemarks).nullable(),
  warnings: z.array(Warning),
  waiting: z.boolean(),
})
export type BulkCellRow = z.infer<typeof BulkCellRow>
export const BulkGroup = z.enum(bulkGroups)
export const BulkRow = z.object({
  connectionId: Id,
  id: Id,
  name: z.string(),
  group: BulkGroup,
  state: z.enum(['changed', 'same', 'unread', 'undecided']),
  /** Places that a rule names; more than fit are left out, and `more` says how many. */
  cells: z.array(BulkCellRow),
  more: z.number(),
})
export type BulkRow = z.infer<typeof BulkRow>
/** Stands before the rows of its group. */
export const BulkHead = z.object({ connectionId: z.literal(''), id: z.string(), group: BulkGroup, count: z.number() })
export type BulkHead = z.infer<typeof BulkHead>

export const BulkPlaceTotal = z.object({
  key: z.string(),
  hypervisorId: z.string(),
  hypervisorName: z.string(),
  type: LimitType,
  clients: z.number(),
  was: z.number(),
  then: z.number(),
  /** Limits that were not set, and that will not be: in no sum as 0. */
  added: z.number(),
  removed: z.number(),
  /** The partner's own limit there; null: unknown, or the clients are of several partners. */
  partner: z.number().nullable(),
})
export type BulkPlaceTotal = z.infer<typeof BulkPlaceTotal>

export const bulkViews = ['all', ...bulkGroups] as const
export const bulkLimitsCalls = {
  /** What the rules would change, computed from what is stored. Nothing is written. */
  bulkPreview: call(
    z.strictObject({
      choice: BulkChoice,
      rules: z.array(BulkRule).max(MOST_RULES),
      left: Left,
      view: z.enum(bulkViews),
      ...windowInput,
    }),
    z.object({
      rows: z.array(z.union([BulkHead, BulkRow])),
      total: z.number(),
      /** Clients by group; and those of the choice that are not there any more. */
      counts: z.record(BulkGroup, z.number()),
      gone: z.number(),
      /** More than one batch takes: null = no. */
      tooMany: z.number().nullable(),
      /** Of the rows left in: clients and values that will change, how many of them need eyes, and the sign by which a start knows that this was seen. */
      chosen: z.object({ clients: z.number(), values: z.number(), check: z.number(), belowUse: z.number(), mark: z.string() }),
      totals: z.array(BulkPlaceTotal),
      /** Whose clients these are: null = of several partners, or of none that is known. */
      partnerId: z.string().nullable(),
      /** Places that any row has, for columns. */
      places: z.array(z.object({ key: z.string(), hypervisorId: z.string(), hypervisorName: z.string(), type: LimitType })),
      hypervisors: z.array(z.object({ id: z.string(), name: z.string() })),
      writing: z.object({ offered: z.boolean(), reason: AppErrorData.nullable() }),
      asOf: AsOf,
    }),
  ),
  /**
   * Begins the batch: a few clients first, then the rest. `batchId` is the page's own: asked again by itself, the same batch
   * is answered. @throws AppError `rejected` with `reason: changed` where the plan is no longer the one that was seen.
   */
  bulkStart: call(
    z.strictObject({
      batchId: z.uuid(),
      choice: BulkChoice,
      rules: z.array(BulkRule).min(1).max(MOST_RULES),
      left: Left,
      mark: z.string().max(100),
    }),
    z.object({ batchId: Id, clients: z.number() }),
  ),
  /** Other values for a change that was refused or has not left yet; it goes out again. */
  change: call(
    z.strictObject({
      commandId: Id,
      cells: z
        .array(z.strictObject({ hypervisorId: Id, type: z.enum(limitTypes), value: value.nullable() }))
        .min(1)
        .max(400),
    }),
    Done,
  ),
}
