import { z } from 'zod'
import { MOST_TEXT, MOST_VALUES } from '../domain/list-spec'
import { call } from './call'
import { ClientQuery } from './clients'
import { ContractQuery, PlanQuery } from './contracts'
import { FilterOption } from './list'
import { EventQuery, TicketQuery, UserQuery } from './organisation'
import { PaymentQuery } from './payments'
import { Done, Id, windowInput } from './rows'

/** The question of every list, by the list's name: what a saved view keeps and a file is written from. */
export const listQueries = {
  clients: ClientQuery,
  contracts: ContractQuery,
  'tariff-plans': PlanQuery,
  payments: PaymentQuery,
  tickets: TicketQuery,
  events: EventQuery,
  users: UserQuery,
} as const
export type ListName = keyof typeof listQueries
const names = Object.keys(listQueries) as [ListName, ...ListName[]]
export const ListName = z.enum(names)

/** A list's question before the list itself has checked it. */
export const UncheckedQuery = z.record(z.string(), z.unknown())
export const SavedView = z.object({ id: Id, list: ListName, name: z.string().min(1).max(80), query: UncheckedQuery })
export type SavedView = z.infer<typeof SavedView>

/** What every list has besides its rows. */
export const listsCalls = {
  /** What a condition on this field offers: the values whose name holds the text, or (`ids`) exactly these. */
  options: call(
    z.strictObject({
      list: ListName,
      connectionId: Id.nullable(),
      field: z.string().max(60),
      text: z.string().max(MOST_TEXT),
      ids: z.array(Id).max(MOST_VALUES).nullable(),
      ...windowInput,
    }),
    z.object({ rows: z.array(FilterOption), total: z.number() }),
  ),
  /** With how many rows of this connection (null = of all) each shows now; null: what it asks for was not read yet. */
  views: call(
    z.strictObject({ list: ListName, connectionId: Id.nullable() }),
    z.object({ fixed: z.record(z.string(), z.number().nullable()), own: z.array(SavedView.extend({ count: z.number().nullable() })) }),
  ),
  saveView: call(z.strictObject({ list: ListName, name: z.string().trim().min(1).max(80), query: UncheckedQuery }), SavedView),
  removeView: call(z.strictObject({ id: Id }), Done),
}
