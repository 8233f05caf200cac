import type { z } from 'zod'
import { Amount, entity, Ref, Text, Time } from './fields'

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
