import type { Contact, Contract } from '@shared/domain/entities'
import { foldText } from '@shared/domain/search-text'
import { all, sql } from '../sql'
import { clientText } from './clients'
import { flag, named, type EntityTable } from './entity-table'
import { indexRow } from './search-index'

export const contractTable: EntityTable<'contracts'> = {
  dataset: 'contracts',
  table: 'contract',
  columns: [
    ...named('name'),
    ['name_folded', null],
    ...named('created_at'),
    ['balance_minor', 'balance'],
    ...named('currency', 'plan_id', 'plan_name', 'left_id', 'left_name', 'left_entity', 'right_id', 'right_name', 'right_entity'),
    ...named('inactive', 'is_new'),
  ],
  cells: (contract) => [
    contract.name,
    foldText(contract.name),
    contract.createdAt,
    contract.balance?.minor ?? null,
    contract.balance?.currency ?? null,
    contract.plan?.id ?? null,
    contract.plan?.name ?? null,
    contract.left?.id ?? null,
    contract.left?.name ?? null,
    contract.left?.entity ?? null,
    contract.right?.id ?? null,
    contract.right?.name ?? null,
    contract.right?.entity ?? null,
    flag(contract.inactive),
    flag(contract.isNew),
  ],
  touches: [{ kind: 'contract', by: 'id', of: ['balance_minor', 'currency'], negative: 'balance_minor' }],
  clientOf: (contract) => clientOfContract(contract),
  search: (contract) => ({ kind: 'contract', clientId: clientOfContract(contract), text: contract.name }),
  // A client is also found by its contract's name.
  follow: (contract, { db, connectionId }) => {
    const clients = all<{ rowid: number; id: string; name: string; contacts: string }>(
      db,
      sql`SELECT rowid, id, name, contacts FROM client WHERE connection_id = ${connectionId} AND contract_id = ${contract.id}`,
    )
    for (const { rowid, id, name, contacts } of clients) {
      const text = clientText({ id, name, contacts: JSON.parse(contacts) as Contact[] }, contract.name)
      indexRow(db, { kind: 'client', connectionId, id, clientId: id, text, rowid, added: false })
    }
  },
}

const clientOfContract = (contract: Contract): string | null => (contract.right?.entity === 'client' ? contract.right.id : null)
