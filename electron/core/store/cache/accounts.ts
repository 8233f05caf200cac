import type { AccessObject } from '@shared/domain/entities'
import { foldText } from '@shared/domain/search-text'
import { flag, named, type EntityTable } from './entity-table'

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
  clientOf: (account) => firstClient(account.objects),
  search: (account) => ({ kind: 'account', clientId: firstClient(account.objects), text: `${account.login} ${account.username ?? ''}` }),
}

const firstClient = (objects: readonly AccessObject[] | null): string | null =>
  objects?.find((object) => object.entity === 'client')?.id ?? null
