import { entities, type Contact } from '@shared/domain/entities'
import { indexRow } from '../cache/search-index'
import { all, sql } from '../sql'
import { clientText } from './clients'
import { columnsOf } from './columns'
import type { DatasetDescriptor } from './descriptor'

const { text, folded, integer, money, ref, kindRef, flag } = columnsOf(entities.contracts)

export const contracts: DatasetDescriptor<'contracts'> = {
  dataset: 'contracts',
  table: 'contract',
  columns: [
    ...[...text('name'), ...folded('name'), ...integer('createdAt'), ...money('balance'), ...ref('plan')],
    ...[...kindRef('left', 'entity'), ...kindRef('right', 'entity'), ...flag('inactive', 'isNew')],
  ],
  journal: (row) => (row('right_entity') === 'client' ? row('right_id') : null),
  search: { kind: 'contract', text: (contract) => contract.name, keepsClient: true },
  nestedIn: 'clients',
  touches: [{ kind: 'contract', by: 'id', of: ['balance_minor', 'currency'], negative: 'balance_minor' }],
  // A client is also found by its contract's name.
  follow: (contract, { db, connectionId }) => {
    const clients = all<{ rowid: number; id: string; name: string; contacts: string }>(
      db,
      sql`SELECT rowid, id, name, contacts FROM client WHERE connection_id = ${connectionId} AND contract_id = ${contract.id}`,
    )
    for (const { rowid, id, name, contacts } of clients) {
      const found = clientText({ id, name, contacts: JSON.parse(contacts) as Contact[] }, contract.name)
      indexRow(db, { kind: 'client', connectionId, id, clientId: id, text: found, rowid, added: false })
    }
  },
}
