import { entities, type Client } from '@shared/domain/entities'
import { removeOwner } from '../cache/remove-owner'
import { run, sql, statement, trusted, type Db } from '../sql'
import { columnsOf } from './columns'
import type { DatasetDescriptor, RowContext } from './descriptor'

const { text, folded, integer, real, ref, flag, json } = columnsOf(entities.clients)

export const clients: DatasetDescriptor<'clients'> = {
  dataset: 'clients',
  table: 'client',
  columns: [
    ...[...text('name'), ...folded('name'), ...integer('createdAt'), ...ref('partner'), ...text('contractId'), ...integer('projects')],
    ...[...real('internetMbit', 'lanMbit'), ...text('paymentModel'), ...json('paymentMethods')],
    ...[...flag('billingEnabled'), ...json('hypervisors', 'contacts')],
  ],
  journal: (row) => row('id'),
  search: {
    kind: 'client',
    text: (client, context) => clientText(client, contractName(context, client.contractId)),
    keepsClient: true,
  },
  touches: [
    { kind: 'owner', by: 'id', of: [] },
    { kind: 'contract', by: 'contract_id', of: [] },
  ],
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
