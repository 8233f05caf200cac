import { z } from 'zod'
import { AccessObject } from '../domain/entities/accounts'
import { eventList } from '../domain/lists/events'
import { ticketList } from '../domain/lists/tickets'
import { userList } from '../domain/lists/users'
import { ticketTopics } from '../domain/codes'
import { listOf, queryOf } from './list'
import { Id, Moment } from './rows'

const Text = z.string().nullable()
const key = { connectionId: Id, id: Id, createdAt: Moment.nullable() }

export const TicketRow = z.object({
  ...key,
  modifiedAt: Moment.nullable(),
  topic: z.enum(ticketTopics).nullable(),
  /** As the platform wrote it. */
  topicText: Text,
  text: Text,
  accountId: Text,
  accountName: Text,
  projectId: Text,
  projectName: Text,
  clientId: Text,
  clientName: Text,
  contacts: Text,
  attachments: z.array(z.string()),
})
export type TicketRow = z.infer<typeof TicketRow>
export const EventRow = z.object({
  ...key,
  accountName: Text,
  action: Text,
  objectKind: Text,
  objectId: Text,
  objectName: Text,
  text: Text,
})
export type EventRow = z.infer<typeof EventRow>
export const UserRow = z.object({
  ...key,
  login: z.string(),
  username: Text,
  email: Text,
  phone: Text,
  domain: Text,
  active: z.boolean().nullable(),
  blocked: z.boolean().nullable(),
  /** null: the platform did not say what the user may reach. Only the first ones; `objectCount` says how many there are. */
  objects: z.array(AccessObject).nullable(),
  objectCount: z.number().nullable(),
  /** Of what the user may reach: parts that came and could not be read. */
  objectsUnread: z.number(),
})
export type UserRow = z.infer<typeof UserRow>

const NoTotals = z.object({})
export const TicketQuery = queryOf(ticketList)
export const EventQuery = queryOf(eventList)
export const UserQuery = queryOf(userList)
export const ticketsCalls = { list: listOf(TicketQuery, { row: TicketRow, totals: NoTotals }) }
export const eventsCalls = { list: listOf(EventQuery, { row: EventRow, totals: NoTotals }) }
export const usersCalls = { list: listOf(UserQuery, { row: UserRow, totals: NoTotals }) }
