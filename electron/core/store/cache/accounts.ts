import type { AccessObject } from '@shared/domain/entities'
import { foldText } from '@shared/domain/search-text'
import { all, run, sql, statement } from '../sql'
import { flag, named, type EntityTable, type RowContext } from './entity-table'

export const accountTable: EntityTable<'accounts'> = {
  dataset: 'accounts',
  table: 'account',
  columns: [
    ...named('login'),
    ['login_folded', null],
    ...named('username', 'email', 'phone', 'domain', 'created_at', 'active', 'blocked', 'objects'),
  ],
  cells: (account) => [
    account.login,
    foldText(account.login),
    account.username,
    account.email,
    account.phone,
    account.domain,
    account.createdAt,
    flag(account.active),
    flag(account.blocked),
    JSON.stringify(account.objects),
  ],
  follow: (account, context) => {
    forgetAccess(account.id, context)
    const insert = statement(
      context.db,
      'INSERT OR IGNORE INTO account_access (connection_id, account_id, entity, entity_id, role) VALUES (?, ?, ?, ?, ?)',
    )
    for (const { entity, id, role } of account.objects ?? []) {
      insert.run(context.connectionId, account.id, entity, id, role)
      if (entity === CLIENT) context.touched?.add('client', id)
    }
  },
  remove: forgetAccess,
  clientOf: (account) => firstClient(account.objects),
  search: (account) => ({ kind: 'account', clientId: firstClient(account.objects), text: `${account.login} ${account.username ?? ''}` }),
}

const CLIENT = 'client'
const firstClient = (objects: readonly AccessObject[] | null): string | null => objects?.find(({ entity }) => entity === CLIENT)?.id ?? null

/** Whether a client has an administrator stands on the accounts: those of the old rows are touched as those of the new. */
function forgetAccess(accountId: string, { db, connectionId, touched }: RowContext): void {
  const own = sql`FROM account_access WHERE connection_id = ${connectionId} AND account_id = ${accountId}`
  for (const { id } of all<{ id: string }>(db, sql`SELECT entity_id id ${own} AND entity = ${CLIENT}`)) touched?.add('client', id)
  run(db, sql`DELETE ${own}`)
}
