import type { Client } from '@shared/domain/entities'
import { foldText } from '@shared/domain/search-text'
import { run, sql, statement, trusted, type Db } from '../sql'
import { flag, named, type EntityTable, type RowContext } from './entity-table'
import { removeOwner } from './limits'

export const clientTable: EntityTable<'clients'> = {
  dataset: 'clients',
  table: 'client',
  columns: [
    ...named('name'),
    ['name_folded', null],
    ...named('created_at', 'partner_id', 'partner_name', 'contract_id', 'projects', 'internet_mbit', 'lan_mbit', 'payment_model'),
    ...named('payment_methods', 'billing_enabled', 'hypervisors', 'contacts'),
  ],
  cells: (client) => [
    client.name,
    foldText(client.name),
    client.createdAt,
    client.partner?.id ?? null,
    client.partner?.name ?? null,
    client.contractId,
    client.projects,
    client.internetMbit,
    client.lanMbit,
    client.paymentModel,
    JSON.stringify(client.paymentMethods),
    flag(client.billingEnabled),
    JSON.stringify(client.hypervisors),
    JSON.stringify(client.contacts),
  ],
  touches: [
    { kind: 'owner', by: 'id', of: [] },
    { kind: 'contract', by: 'contract_id', of: [] },
  ],
  clientOf: (client) => client.id,
  search: (client, context) => ({
    kind: 'client',
    clientId: client.id,
    text: clientText(client, contractName(context, client.contractId)),
  }),
  remove: (id, { db, connectionId }) => {
    for (const table of ['client_summary', 'note', 'client_day', 'client_day_state'])
      run(db, sql`DELETE FROM ${trusted(table)} WHERE connection_id = ${connectionId} AND client_id = ${id}`)
    removeOwner(db, { connectionId, owner: 'client', ownerId: id })
  },
}

const ID_PREFIX = 8

/** What a client is found by: its name, its contract, the start of its id, and the addresses to write to. */
export const clientText = (client: Pick<Client, 'id' | 'name' | 'contacts'>, contract: string): string => {
  const people = client.contacts.map((contact) => contact.email ?? contact.username ?? '').join(' ')
  return `${client.name} ${contract} ${client.id.slice(0, ID_PREFIX)} ${people}`
}

const contractName = ({ db, connectionId, contractNames }: RowContext, contractId: string | null): string =>
  contractId === null ? '' : (contractNames?.get(contractId) ?? nameOfContract(db, connectionId, contractId))

const nameOfContract = (db: Db, connectionId: string, id: string): string => {
  const row = statement(db, 'SELECT name FROM contract WHERE connection_id = ? AND id = ?').get(connectionId, id)
  return (row as { name: string } | undefined)?.name ?? ''
}
