import type { BaselineRow, BaselineTable } from './upsert'
import { fold } from './search-text'

/** The parts of a delivered client and contract that a baseline writes. */
interface Named {
  id: string
  name: string
}
export interface BaselineClient extends Named {
  createdAt: number | null
  partner: Named | null
  contractId: string | null
  projects: number | null
  internetMbit: number | null
  lanMbit: number | null
  paymentModel: string | null
  paymentMethods: string[]
  billingEnabled: boolean | null
  hypervisors: unknown[]
  contacts: { username: string | null; email: string | null }[]
  extra: unknown
}
export interface BaselineContract extends Named {
  createdAt: number | null
  balance: { minor: number; currency: string } | null
  plan: Named | null
  left: (Named & { entity: string }) | null
  right: (Named & { entity: string }) | null
  inactive: boolean | null
  isNew: boolean | null
  extra: unknown
}

const columns = (list: string): string[] => list.split(' ')
const bit = (value: boolean | null): number | null => (value === null ? null : Number(value))

export const clientTable: BaselineTable = {
  table: 'client',
  dataset: 'clients',
  columns: columns(
    'name name_folded created_at partner_id partner_name contract_id projects internet_mbit lan_mbit payment_model payment_methods billing_enabled hypervisors contacts',
  ),
}
export const contractTable: BaselineTable = {
  table: 'contract',
  dataset: 'contracts',
  columns: columns(
    'name name_folded created_at balance_minor currency plan_id plan_name left_id left_name left_entity right_id right_name right_entity inactive is_new',
  ),
}

export const clientRow = (it: BaselineClient, contractName: string): BaselineRow => ({
  id: it.id,
  clientId: it.id,
  cells: [
    it.name,
    fold(it.name),
    it.createdAt,
    it.partner?.id ?? null,
    it.partner?.name ?? null,
    it.contractId,
    it.projects,
    it.internetMbit,
    it.lanMbit,
    it.paymentModel,
    JSON.stringify(it.paymentMethods),
    bit(it.billingEnabled),
    JSON.stringify(it.hypervisors),
    JSON.stringify(it.contacts),
    JSON.stringify(it.extra),
  ],
  search: {
    kind: 'client',
    clientId: it.id,
    text: `${it.name} ${contractName} ${it.id.slice(0, 8)} ${it.contacts.map((one) => `${one.username ?? ''} ${one.email ?? ''}`).join(' ')}`,
  },
})

export const contractRow = (it: BaselineContract): BaselineRow => ({
  id: it.id,
  clientId: it.right?.id ?? null,
  cells: [
    it.name,
    fold(it.name),
    it.createdAt,
    it.balance?.minor ?? null,
    it.balance?.currency ?? null,
    it.plan?.id ?? null,
    it.plan?.name ?? null,
    it.left?.id ?? null,
    it.left?.name ?? null,
    it.left?.entity ?? null,
    it.right?.id ?? null,
    it.right?.name ?? null,
    it.right?.entity ?? null,
    bit(it.inactive),
    bit(it.isNew),
    JSON.stringify(it.extra),
  ],
  search: { kind: 'contract', clientId: it.right?.id ?? null, text: it.name },
})
