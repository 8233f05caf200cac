import type { Contact, HypervisorRef } from '@shared/domain/entities'
import type { ClientDetails } from '@shared/ipc/clients'
import { get, sql, type Db } from '../sql'

interface Row {
  internet_mbit: number | null
  lan_mbit: number | null
  payment_methods: string
  billing_enabled: number | null
  inactive: number | null
  hypervisors: string
  contacts: string
  extra: string
}
type More = Pick<
  ClientDetails,
  'internetMbit' | 'lanMbit' | 'paymentMethods' | 'billingEnabled' | 'contractInactive' | 'hypervisors' | 'contacts' | 'extra'
>
const flag = (value: number | null): boolean | null => (value === null ? null : value === 1)

/** The fields of a client that its card shows beside those of the list. */
export const clientDetails = (cache: Db, connectionId: string, id: string): More | null => {
  const row = get<Row>(
    cache,
    sql`SELECT c.internet_mbit, c.lan_mbit, c.payment_methods, c.billing_enabled, k.inactive, c.hypervisors, c.contacts, c.extra
      FROM client c LEFT JOIN contract k ON k.connection_id = c.connection_id AND k.id = c.contract_id
      WHERE c.connection_id = ${connectionId} AND c.id = ${id}`,
  )
  return row ? toDetails(row) : null
}

const toDetails = (row: Row): More => ({
  internetMbit: row.internet_mbit,
  lanMbit: row.lan_mbit,
  paymentMethods: JSON.parse(row.payment_methods) as string[],
  billingEnabled: flag(row.billing_enabled),
  contractInactive: flag(row.inactive),
  hypervisors: (JSON.parse(row.hypervisors) as HypervisorRef[]).map(({ id, name, type }) => ({ id, name, type })),
  contacts: (JSON.parse(row.contacts) as Contact[]).map(({ username, email, phone }) => ({ username, email, phone })),
  extra: JSON.parse(row.extra) as Record<string, unknown>,
})
