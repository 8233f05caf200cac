import { z } from 'zod'
import { Amount, entity, Id, Quantity, Ref, Text, Time } from './fields'
import { ticketTopics } from '../codes'

/** What an administrator of the partner did. Actions and kinds of objects are the platform's own words. */
export const Event = entity({
  createdAt: Time.nullable(),
  accountId: Id.nullable(),
  accountName: Text.nullable(),
  action: Text.nullable(),
  objectKind: Text.nullable(),
  objectId: Id.nullable(),
  objectName: Text.nullable(),
  text: Text.nullable(),
})
export type Event = z.infer<typeof Event>

/** What a user has asked of the partner. */
export const Ticket = entity({
  createdAt: Time.nullable(),
  modifiedAt: Time.nullable(),
  /** One of the known topics, or null with `topicText` as the platform wrote it. */
  topic: z.enum(ticketTopics).nullable(),
  topicText: Text.nullable(),
  text: Text.nullable(),
  accountId: Id.nullable(),
  accountName: Text.nullable(),
  project: Ref.nullable(),
  contacts: Text.nullable(),
  /** Names of files; the files themselves stay on the platform. */
  attachments: z.array(Text),
})
export type Ticket = z.infer<typeof Ticket>

/** Money that came in, or a correction of a balance. Method and status are the platform's own words: their full lists are not public. */
export const Payment = entity({
  createdAt: Time.nullable(),
  /** What kind of movement it is, and who made it. */
  transaction: Text.nullable(),
  /** Negative where money was taken off. */
  amount: Amount.nullable(),
  contract: Ref.nullable(),
  method: Text.nullable(),
  status: Text.nullable(),
})
export type Payment = z.infer<typeof Payment>

/** One point of the partner's history: at a moment, or summed over the bucket that starts there. */
export const StatPoint = entity({
  at: Time,
  resolution: z.enum(['hour', 'day']),
  clients: Quantity.nullable(),
  servers: Quantity.nullable(),
  cpu: Quantity.nullable(),
  ramGb: Quantity.nullable(),
  volumeGb: Quantity.nullable(),
  diskGb: z.record(z.string(), z.number().min(0)),
  ip: Quantity.nullable(),
  networks: Quantity.nullable(),
  routers: Quantity.nullable(),
  charged: Amount.nullable(),
})
