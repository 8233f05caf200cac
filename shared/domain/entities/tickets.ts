import { z } from 'zod'
import { ticketTopics } from '../ticket-topics'
import { entity, Id, Ref, Text, Time } from './fields'

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
