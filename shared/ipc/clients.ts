import { z } from 'zod'
import { usageStates } from '../domain/limits'
import { clientList } from '../domain/lists/clients'
import { LimitType, Money } from '../domain/entities/fields'
import { call } from './call'
import { listOf, queryOf } from './list'
import { projectsInput, projectsOutput } from './project-tree'
import { AsOf, ClientRow, Done, HypervisorRow, Id, LimitUse, Moment, windowInput } from './rows'

/** Any of the client's limits of this type (null = the tightest of all) stands in one of these states. */
const LimitFilter = z.strictObject({
  field: z.literal('limit'),
  type: LimitType.nullable(),
  states: z.array(z.enum(usageStates)).min(1).max(4),
})
export type LimitFilter = z.infer<typeof LimitFilter>
export const ClientQuery = queryOf(clientList, [LimitFilter])
export type ClientQuery = z.infer<typeof ClientQuery>
export type ClientFilter = ClientQuery['filters'][number]

export const ClientDetails = ClientRow.extend({
  internetMbit: z.number().nullable(),
  lanMbit: z.number().nullable(),
  paymentMethods: z.array(z.string()),
  billingEnabled: z.boolean().nullable(),
  contractInactive: z.boolean().nullable(),
  hypervisors: z.array(HypervisorRow),
  contacts: z.array(z.object({ username: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable() })),
  disks: z.number().nullable(),
  extra: z.record(z.string(), z.unknown()),
  /** Unknown fields for which there was no room. */
  extraLeft: z.number(),
  asOf: AsOf,
  limitCount: z.number(),
  accessCount: z.number().nullable(),
})
export type ClientDetails = z.infer<typeof ClientDetails>

export const AccessRow = z.object({
  accountId: Id,
  login: z.string(),
  username: z.string().nullable(),
  role: z.string(),
  active: z.boolean().nullable(),
  blocked: z.boolean().nullable(),
})
export const ChangeRow = z.object({
  dataset: z.string(),
  /** `added` and `removed`: the record itself, by its name where it has one. */
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** Changed between these two syncs; never an invented moment. */
  between: z.object({ from: Moment.nullable(), to: Moment }),
})

const clientKey = { connectionId: Id, clientId: Id }
export const clientsCalls = {
  list: listOf(ClientQuery, {
    row: ClientRow,
    totals: z.object({
      balance: z.array(Money),
      projects: z.number(),
      /** null while the lists that it is counted from were not read. */
      servers: z.number().nullable(),
      cpu: z.number().nullable(),
      ramGb: z.number().nullable(),
      volumeGb: z.number().nullable(),
    }),
    /** Clients in this answer whose limits are older than the list itself, or were never read. */
    more: { limitsOlder: z.number() },
  }),
  get: call(z.strictObject(clientKey), ClientDetails),
  /** A client's projects as a tree, a window of its rows: however large, it opens. */
  projects: call(projectsInput, projectsOutput),
  /** Daily charges of one client from the platform's statistics; `offered` false where it has none. */
  days: call(
    z.strictObject(clientKey),
    z.object({
      offered: z.boolean(),
      points: z.array(z.object({ at: Moment, charged: Money.nullable() })),
      total: Money.nullable(),
      asOf: AsOf,
    }),
  ),
  limits: call(z.strictObject(clientKey), z.object({ offered: z.boolean(), rows: z.array(LimitUse), total: z.number(), asOf: AsOf })),
  access: call(
    z.strictObject({ ...clientKey, ...windowInput }),
    z.object({ offered: z.boolean(), rows: z.array(AccessRow), total: z.number(), asOf: AsOf }),
  ),
  /** Newest first. */
  changes: call(z.strictObject({ ...clientKey, ...windowInput }), z.object({ rows: z.array(ChangeRow), total: z.number() })),
  /** Tells sync that a person looks at this client: its notes, limits and access are read at once. */
  opened: call(z.strictObject(clientKey), Done),
}
