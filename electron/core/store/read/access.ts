import type { z } from 'zod'
import type { AccessRow } from '@shared/ipc/clients'
import { all, sql, type Db } from '../sql'

interface Row {
  accountId: string
  login: string
  username: string | null
  role: string
  active: number | null
  blocked: number | null
}
const flag = (value: number | null): boolean | null => (value === null ? null : value === 1)

/** Who may do what in one client, from the accounts' own access objects. */
export const clientAccess = (cache: Db, connectionId: string, clientId: string): z.infer<typeof AccessRow>[] =>
  all<Row>(
    cache,
    sql`SELECT a.id AS accountId, a.login, a.username, x.role, a.active, a.blocked
      FROM account_access x CROSS JOIN account a ON a.connection_id = x.connection_id AND a.id = x.account_id
      WHERE x.connection_id = ${connectionId} AND x.entity = 'client' AND x.entity_id = ${clientId} ORDER BY a.login_folded, a.id, x.role`,
  ).map((row) => ({ ...row, active: flag(row.active), blocked: flag(row.blocked) }))
