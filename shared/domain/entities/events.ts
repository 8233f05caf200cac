import type { z } from 'zod'
import { entity, Id, Text, Time } from './fields'

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
