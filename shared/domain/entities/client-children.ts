import { z } from 'zod'
import { entity, HypervisorRef, Id, Text, Time } from './fields'
import { LARGEST_QUANTITY } from '../bounds'
import { limitTypes } from '../limits'

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

export const Limit = entity({
  owner: z.enum(['client', 'partner']),
  /** Of the list that it was read from. */
  ownerId: z.string(),
  hypervisor: HypervisorRef,
  /** One of the known types, or null with `typeCode` as the platform wrote it. */
  type: z.enum(limitTypes).nullable(),
  typeCode: Text,
  /** A platform may write "no limit" as -1. */
  value: z.number().min(-1).max(LARGEST_QUANTITY),
})
export type Limit = z.infer<typeof Limit>
