import { z } from 'zod'
import { MOST_LIMIT } from '../domain/limit-matrix'
import { MOST_TEMPLATE_NAME } from '../domain/limit-templates'
import { limitTypes } from '../domain/limits'
import { LimitType } from '../domain/entities/fields'
import { AppErrorData } from '../errors'
import { bulkLimitsCalls } from './bulk-limits'
import { call } from './call'
import { AsOf, Done, HypervisorRow, Id, LimitUse } from './rows'

/** As many places as one client can have here; a platform that sends more has the rest among `others`. */
export const MOST_PLACES = 400

export const LimitCellRow = z.object({
  hypervisorId: Id,
  type: LimitType,
  /** null: the platform has no such row, which is not 0. */
  limit: z.number().nullable(),
  /** null: the lists that it is counted from were not read. */
  use: z.number().nullable(),
  /** What is on its way to the platform, or waits for a person. */
  waiting: z.object({ value: z.number().nullable(), state: z.string(), commandId: Id }).nullable(),
})
export type LimitCellRow = z.infer<typeof LimitCellRow>

/** `open`: the client may be given limits there. */
const MatrixHypervisor = HypervisorRow.extend({ open: z.boolean() })
export const LimitMatrix = z.object({
  offered: z.boolean(),
  /** Whether the deployment takes changes, and why not. */
  writing: z.object({ offered: z.boolean(), reason: AppErrorData.nullable() }),
  hypervisors: z.array(MatrixHypervisor).max(MOST_PLACES / limitTypes.length),
  cells: z.array(LimitCellRow).max(MOST_PLACES),
  /** Limits that have no place in the table: shown as they came, changed by nobody. */
  others: z.array(LimitUse).max(200),
  partnerId: z.string().nullable(),
  asOf: AsOf,
})
export type LimitMatrix = z.infer<typeof LimitMatrix>

export const RoomRow = z.object({
  hypervisorId: z.string(),
  type: LimitType,
  limit: z.number().nullable(),
  /** null: not the limits of all its clients were read. */
  given: z.number().nullable(),
})
export type RoomRow = z.infer<typeof RoomRow>

const TemplateValue = z.strictObject({ hypervisor: z.string().min(1).max(300), type: LimitType, value: z.int().min(0).max(MOST_LIMIT) })
const Template = z.object({ id: Id, name: z.string(), values: z.array(TemplateValue).max(MOST_PLACES) })

const key = { connectionId: Id, clientId: Id }
const Value = z.int().min(0).max(MOST_LIMIT).nullable()

export const limitsCalls = {
  get: call(z.strictObject(key), LimitMatrix),
  /** What the partner has of its own, and how much of it is given to its clients; and how many clients are as each template says. */
  overview: call(
    z.strictObject({ connectionId: Id, partnerId: z.string().max(200).nullable() }),
    z.object({
      room: z.array(RoomRow).max(MOST_PLACES),
      /** The partner's clients, and those of them whose limits were read. */
      clients: z.number(),
      read: z.number(),
      asOf: AsOf,
      templates: z.array(z.object({ id: Id, clients: z.number() })).max(200),
    }),
  ),
  /**
   * Queued; comes back as soon as it is safe on disk. `value` null takes a limit away; `base` is what the person saw, so
   * that what somebody else changed meanwhile becomes a conflict and not a loss.
   */
  set: call(
    z.strictObject({
      ...key,
      cells: z
        .array(z.strictObject({ hypervisorId: Id, type: LimitType, base: z.number().nullable(), value: Value }))
        .min(1)
        .max(MOST_PLACES),
    }),
    z.object({ commandId: Id }),
  ),
  templates: call(z.strictObject({}), z.array(Template).max(200)),
  /** A name that exists is replaced. */
  saveTemplate: call(
    z.strictObject({ name: z.string().trim().min(1).max(MOST_TEMPLATE_NAME), values: z.array(TemplateValue).min(1).max(MOST_PLACES) }),
    Template,
  ),
  removeTemplate: call(z.strictObject({ id: Id }), Done),
  ...bulkLimitsCalls,
}
