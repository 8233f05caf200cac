import { z } from 'zod'
import { ID_LENGTH } from '../bounds'
import { Amount, Count, entity, HypervisorRef, Id, Quantity, Ref, Text, Time } from './fields'

export const Partner = entity({
  name: Text,
  providerName: Text.nullable(),
  adminEmail: Text.nullable(),
  nsServers: z.array(Text),
  hypervisors: z.array(HypervisorRef),
  contractId: Id.nullable(),
})
export type Partner = z.infer<typeof Partner>

export const Contact = z.object({
  /** Empty where the platform names none. */
  id: z.string().max(ID_LENGTH),
  username: Text.nullable(),
  email: Text.nullable(),
  phone: Text.nullable(),
})
export type Contact = z.infer<typeof Contact>

export const Client = entity({
  name: Text,
  createdAt: Time.nullable(),
  partner: Ref.nullable(),
  contractId: Id.nullable(),
  projects: Count.nullable(),
  /** null: the platform did not say; 0: switched off (how "off" is coded is inferred). */
  internetMbit: Quantity.nullable(),
  lanMbit: Quantity.nullable(),
  paymentModel: Text.nullable(),
  paymentMethods: z.array(Text),
  billingEnabled: z.boolean().nullable(),
  hypervisors: z.array(HypervisorRef),
  contacts: z.array(Contact),
})
export type Client = z.infer<typeof Client>

const Party = Ref.extend({ entity: Text })
export const Contract = entity({
  name: Text,
  createdAt: Time.nullable(),
  balance: Amount.nullable(),
  plan: Ref.nullable(),
  left: Party.nullable(),
  right: Party.nullable(),
  inactive: z.boolean().nullable(),
  isNew: z.boolean().nullable(),
})
export type Contract = z.infer<typeof Contract>

export const TariffPlan = entity({ name: Text, createdAt: Time.nullable(), contracts: Count.nullable() })
export type TariffPlan = z.infer<typeof TariffPlan>
