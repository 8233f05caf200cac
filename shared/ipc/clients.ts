import { z } from 'zod'
import { LimitType, Money } from '../domain/schemas'
import { MOST_CHOSEN } from '../domain/selection'
import { call } from './call'
import { projectsInput, projectsOutput } from './project-tree'
import { AsOf, ClientRow, Done, HypervisorRow, Id, LimitUse, Missing, Moment, windowInput } from './rows'

export const clientViews = ['all', 'negative', 'near-limit', 'unmanaged', 'new'] as const
export const clientSorts = [
  'name',
  'created',
  'balance',
  'plan',
  'contract',
  'projects',
  'partner',
  'servers',
  'cpu',
  'ram',
  'volume',
  'limit',
] as const

/** Conditions combine with AND. A condition's values combine with OR. */
export const ClientFilter = z.discriminatedUnion('field', [
  z.strictObject({ field: z.literal('partner'), ids: z.array(Id).min(1).max(100) }),
  z.strictObject({ field: z.literal('plan'), ids: z.array(Id).min(1).max(100) }),
  z.strictObject({ field: z.literal('paymentModel'), ids: z.array(z.string().max(60)).min(1).max(10) }),
  z.strictObject({ field: z.literal('balance'), min: z.int().nullable(), max: z.int().nullable() }),
  z.strictObject({ field: z.literal('created'), from: Moment.nullable(), to: Moment.nullable() }),
  z.strictObject({ field: z.literal('projects'), min: z.int().nullable(), max: z.int().nullable() }),
  z.strictObject({
    field: z.literal('limit'),
    type: LimitType.nullable(),
    states: z
      .array(z.enum(['ok', 'near', 'reached', 'over']))
      .min(1)
      .max(4),
  }),
])
export type ClientFilter = z.infer<typeof ClientFilter>

export const ClientQuery = z.strictObject({
  /** null = all connections. */
  connectionId: Id.nullable(),
  view: z.enum(clientViews),
  text: z.string().max(200),
  filters: z.array(ClientFilter).max(20),
  sort: z.strictObject({ by: z.enum(clientSorts), desc: z.boolean() }),
})
export type ClientQuery = z.infer<typeof ClientQuery>

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

export const FilterOption = z.object({ id: Id, name: z.string(), count: z.number() })
export type FilterOption = z.infer<typeof FilterOption>

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
/**
 * Which of the rows that a query shows are meant: these, or all but these. By connection: two platforms may give two
 * clients the same id. What is not named need not be known to the page, so a selection of any list fits into a message.
 */
export const ClientSelection = z.strictObject({
  mode: z.enum(['some', 'allExcept']),
  clients: z.array(z.strictObject({ connectionId: Id, ids: z.array(Id).max(MOST_CHOSEN) })).max(100),
})
export type ClientSelection = z.infer<typeof ClientSelection>

export const clientsCalls = {
  list: call(
    z.strictObject({ query: ClientQuery, ...windowInput }),
    z.object({
      rows: z.array(ClientRow),
      total: z.number(),
      /** Over everything that the query shows, not only this window. */
      totals: z.object({
        balance: z.array(Money),
        projects: z.number(),
        /** null while the lists that it is counted from were not read. */
        servers: z.number().nullable(),
        cpu: z.number().nullable(),
        ramGb: z.number().nullable(),
        volumeGb: z.number().nullable(),
      }),
      asOf: AsOf,
      /** Clients in this answer whose limits are older than the list itself, or were never read. */
      limitsOlder: z.number(),
      /** Lists that the conditions stand on and that were never read to their end: nobody meets such a condition so far. */
      lacking: z.array(Missing),
    }),
  ),
  /** How many each view holds (null: what it stands on was not read), and the payment models there are. */
  facets: call(
    z.strictObject({ connectionId: Id.nullable() }),
    z.object({
      paymentModels: z.array(z.object({ id: z.string(), count: z.number() })),
      views: z.record(z.enum(clientViews), z.number().nullable()),
    }),
  ),
  /** What a filter by partner or plan offers: those whose name holds the text, or (`ids`) exactly these. */
  options: call(
    z.strictObject({
      connectionId: Id.nullable(),
      field: z.enum(['partner', 'plan']),
      text: z.string().max(200),
      ids: z.array(Id).max(100).nullable(),
      ...windowInput,
    }),
    z.object({ rows: z.array(FilterOption), total: z.number() }),
  ),
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
