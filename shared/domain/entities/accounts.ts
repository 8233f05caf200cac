import { z } from 'zod'
import { entity, Id, Text, Time } from './fields'

export const AccessObject = z.object({ role: Text, entity: Text, id: Id, name: Text })
export type AccessObject = z.infer<typeof AccessObject>

/** A user of the platform: of a client, or of the partner. */
export const Account = entity({
  login: Text,
  username: Text.nullable(),
  email: Text.nullable(),
  phone: Text.nullable(),
  domain: Text.nullable(),
  createdAt: Time.nullable(),
  active: z.boolean().nullable(),
  blocked: z.boolean().nullable(),
  /** null: the platform did not say what the account may reach, which is not the same as nothing. */
  objects: z.array(AccessObject).nullable(),
})
export type Account = z.infer<typeof Account>
