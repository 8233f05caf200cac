import { z } from 'zod'
import { paymentList } from '../domain/lists/payments'
import { paymentStates } from '../domain/codes'
import { Money } from '../domain/entities/fields'
import { DayHead, listOf, queryOf } from './list'
import { Id, Moment } from './rows'

export const PaymentRow = z.object({
  connectionId: Id,
  id: Id,
  createdAt: Moment.nullable(),
  /** What kind of movement it is and who made it, in the platform's words. */
  transaction: z.string().nullable(),
  amount: Money.nullable(),
  contractId: z.string().nullable(),
  contractName: z.string().nullable(),
  clientId: z.string().nullable(),
  clientName: z.string().nullable(),
  method: z.string().nullable(),
  status: z.string().nullable(),
  state: z.enum(paymentStates),
})
export type PaymentRow = z.infer<typeof PaymentRow>

export const PaymentQuery = queryOf(paymentList)
export const paymentsCalls = {
  list: listOf(PaymentQuery, {
    row: z.union([DayHead, PaymentRow]),
    totals: z.object({
      /** Of the completed ones, by currency; null = of some the sum is not known, so what they come to is not either. */
      balance: z.array(Money).nullable(),
      came: z.array(Money),
      went: z.array(Money),
      completed: z.number(),
      /** Left out of the sums: completed without a readable sum, not completed, cancelled, of a status that the console has no rule for. */
      without: z.object({ sum: z.number(), pending: z.number(), cancelled: z.number(), unknown: z.number() }),
    }),
  }),
}
