import { run, sql, type Db } from '../sql'
import { named, type EntityTable } from './entity-table'

export const limitTable: EntityTable<'limits'> = {
  dataset: 'limits',
  table: 'client_limit',
  columns: named('owner', 'owner_id', 'hypervisor_id', 'hypervisor_name', 'hypervisor_type', 'type', 'type_code', 'value'),
  cells: (limit) => [
    limit.owner,
    limit.ownerId,
    limit.hypervisor.id,
    limit.hypervisor.name,
    limit.hypervisor.type,
    limit.type,
    limit.typeCode,
    limit.value,
  ],
  touches: [{ kind: 'client', by: 'owner_id', of: ['hypervisor_id', 'hypervisor_name', 'type', 'value'] }],
  clientOf: (limit) => (limit.owner === 'client' ? limit.ownerId : null),
}

/** Forgets what was read for one owner. */
export const removeOwner = (db: Db, { connectionId, owner, ownerId }: { connectionId: string; owner: string; ownerId: string }): void => {
  run(db, sql`DELETE FROM client_limit WHERE connection_id = ${connectionId} AND owner = ${owner} AND owner_id = ${ownerId}`)
  run(db, sql`DELETE FROM owner_state WHERE connection_id = ${connectionId} AND owner_id = ${ownerId}`)
  run(db, sql`DELETE FROM unreadable WHERE connection_id = ${connectionId} AND dataset IN ('limits', 'notes') AND owner_id = ${ownerId}`)
}
