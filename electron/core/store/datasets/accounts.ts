import { entities, type AccessObject } from '@shared/domain/entities'
import { all, run, sql, statement } from '../sql'
import { columnsOf } from './columns'
import type { DatasetDescriptor, RowContext } from './descriptor'

const { text, folded, integer, flag, json } = columnsOf(entities.accounts)
const CLIENT = 'client'

export const accounts: DatasetDescriptor<'accounts'> = {
  dataset: 'accounts',
  table: 'account',
  columns: [
    ...[...text('login'), ...folded('login'), ...text('username', 'email', 'phone', 'domain')],
    ...[...integer('createdAt'), ...flag('active', 'blocked'), ...json('objects')],
  ],
  journal: (row) => firstClient(JSON.parse(row('objects') ?? 'null') as AccessObject[] | null),
  search: {
    kind: 'account',
    text: ({ login, username, email }) => `${login} ${username ?? ''} ${email === login ? '' : (email ?? '')}`,
    keepsClient: true,
  },
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
}

const firstClient = (objects: readonly AccessObject[] | null): string | null => objects?.find(({ entity }) => entity === CLIENT)?.id ?? null

/** Whether a client has an administrator stands on the accounts: those of the old rows are touched as those of the new. */
function forgetAccess(accountId: string, { db, connectionId, touched }: RowContext): void {
  const own = sql`FROM account_access WHERE connection_id = ${connectionId} AND account_id = ${accountId}`
  for (const { id } of all<{ id: string }>(db, sql`SELECT entity_id id ${own} AND entity = ${CLIENT}`)) touched?.add('client', id)
  run(db, sql`DELETE ${own}`)
}
