import { z } from 'zod'
import { entity, Id, Text, Time } from './fields'

export const Note = entity({
  clientId: Id,
  createdAt: Time.nullable(),
  modifiedAt: Time.nullable(),
  authorId: Id.nullable(),
  authorName: Text.nullable(),
  text: Text,
  alertAt: Time.nullable(),
  confirmed: z.boolean(),
  system: z.boolean(),
})
export type Note = z.infer<typeof Note>
