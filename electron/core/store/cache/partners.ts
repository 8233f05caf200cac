import { named, type EntityTable } from './entity-table'

export const partnerTable: EntityTable<'partners'> = {
  dataset: 'partners',
  table: 'partner',
  columns: named('name', 'provider_name', 'admin_email', 'ns_servers', 'hypervisors', 'contract_id'),
  cells: (partner) => [
    partner.name,
    partner.providerName,
    partner.adminEmail,
    JSON.stringify(partner.nsServers),
    JSON.stringify(partner.hypervisors),
    partner.contractId,
  ],
  clientOf: () => null,
}
