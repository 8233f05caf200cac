import { z } from 'zod'
import { Money } from '../domain/schemas'
import { call } from './call'
import { AsOf, Id, Moment, windowInput } from './rows'

export const ContractRow = z.object({
  connectionId: Id,
  id: Id,
  name: z.string(),
  createdAt: Moment.nullable(),
  partnerId: z.string().nullable(),
  partnerName: z.string().nullable(),
  clientId: z.string().nullable(),
  clientName: z.string().nullable(),
  balance: Money.nullable(),
  planId: z.string().nullable(),
  planName: z.string().nullable(),
  inactive: z.boolean().nullable(),
})
export type ContractRow = z.infer<typeof ContractRow>
export const PlanRow = z.object({
  connectionId: Id,
  id: Id,
  name: z.string(),
  createdAt: Moment.nullable(),
  contracts: z.number().nullable(),
})
export type PlanRow = z.infer<typeof PlanRow>

const sort = <const T extends readonly [string, ...string[]]>(fields: T) => z.strictObject({ by: z.enum(fields), desc: z.boolean() })

export const contractsCalls = {
  list: call(
    z.strictObject({
      connectionId: Id.nullable(),
      text: z.string().max(200),
      planIds: z.array(Id).max(100),
      balance: z.enum(['any', 'negative', 'positive']),
      sort: sort(['name', 'created', 'client', 'balance', 'plan']),
      ...windowInput,
    }),
    z.object({ rows: z.array(ContractRow), total: z.number(), totals: z.array(Money), asOf: AsOf }),
  ),
  get: call(z.strictObject({ connectionId: Id, id: Id }), ContractRow.extend({ asOf: AsOf })),
}
export const tariffPlansCalls = {
  list: call(
    z.strictObject({
      connectionId: Id.nullable(),
      text: z.string().max(200),
      sort: sort(['name', 'created', 'contracts']),
      ...windowInput,
    }),
    z.object({ rows: z.array(PlanRow), total: z.number(), asOf: AsOf }),
  ),
  get: call(z.strictObject({ connectionId: Id, id: Id }), PlanRow.extend({ asOf: AsOf })),
}
