import { z } from 'zod'
import { LARGEST_QUANTITY } from '../bounds'
import { limitTypes } from '../limits'
import { entity, HypervisorRef, Text } from './fields'

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
