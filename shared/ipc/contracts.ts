import { z } from 'zod'
import { contractList } from '../domain/lists/contracts'
import { planList } from '../domain/lists/tariff-plans'
import { Money } from '../domain/entities/fields'
import { call } from './call'
import { listOf, queryOf } from './list'
import { AsOf, Id, Moment } from './rows'

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

export const ContractQuery = queryOf(contractList)
export const PlanQuery = queryOf(planList)

export const contractsCalls = {
  list: listOf(ContractQuery, { row: ContractRow, totals: z.object({ balance: z.array(Money) }) }),
  get: call(z.strictObject({ connectionId: Id, id: Id }), ContractRow.extend({ asOf: AsOf })),
}
export const tariffPlansCalls = {
  list: listOf(PlanQuery, { row: PlanRow, totals: z.object({}) }),
  get: call(z.strictObject({ connectionId: Id, id: Id }), PlanRow.extend({ asOf: AsOf })),
}
