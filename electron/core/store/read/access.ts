import type { z } from 'zod'
import type { AccessObject } from '@shared/domain/entities'
import type { AccessRow } from '@shared/ipc/clients'
import { all, sql, type Db } from '../sql'

interface Row {
  id: string
  login: string
  username: string | null
  active: number | null
  blocked: number | null
  objects: string
}
const flag = (value: number | null): boolean | null => (value === null ? null : value === 1)

/** Who may do what in one client, from the accounts' own access objects. */
export const clientAccess = (cache: Db, connectionId: string, clientId: string): z.infer<typeof AccessRow>[] =>
  all<Row>(
    cache,
    sql`SELECT id, login, username, active, blocked, objects FROM account
      WHERE connection_id = ${connectionId} AND instr(objects, ${JSON.stringify(clientId)}) > 0 ORDER BY login_folded, id`,
  ).flatMap((row) =>
    ((JSON.parse(row.objects) as AccessObject[] | null) ?? [])
      .filter((object) => object.id === clientId)
      .map((object) => ({
        accountId: row.id,
        login: row.login,
        username: row.username,
        role: object.role,
        active: flag(row.active),
        blocked: flag(row.blocked),
      })),
  )
