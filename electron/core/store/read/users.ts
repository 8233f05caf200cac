import type { AccessObject } from '@shared/domain/entities/accounts'
import { userList } from '@shared/domain/lists/users'
import type { UserRow } from '@shared/ipc/organisation'
import { all, join, sql, trusted, type Query } from '../sql'
import { PART_OF_LIST } from './known-figures'
import type { ListSource } from './list'
import { inOrder, listOf } from './query'
import { rowidsMatching } from './search'

/** Access objects that a row brings along: a user may have any number. */
const MOST_OBJECTS = 50

type Row = Omit<UserRow, 'active' | 'blocked' | 'objects' | 'objectCount'> & {
  rowid: number
  active: number | null
  blocked: number | null
  objects: string
}
const columns = sql`a.rowid, a.connection_id AS connectionId, a.id, a.created_at AS createdAt, a.login, a.username, a.email, a.phone, a.domain,
  a.active, a.blocked, a.objects, (SELECT count(*) FROM unreadable u WHERE u.connection_id = a.connection_id AND u.dataset = 'accounts'
    AND u.row_id = a.id AND ${trusted(PART_OF_LIST)}) AS objectsUnread`
const flag = (value: number | null): boolean | null => (value === null ? null : value === 1)
const toRow = ({ rowid: _rowid, ...row }: Row): UserRow => {
  const objects = JSON.parse(row.objects) as AccessObject[] | null
  return {
    ...row,
    active: flag(row.active),
    blocked: flag(row.blocked),
    objects: objects?.slice(0, MOST_OBJECTS) ?? null,
    objectCount: objects?.length ?? null,
  }
}
const either = (ids: readonly string[], conditions: { yes: Query; no: Query }): Query =>
  join(
    ids.flatMap((id) => (id === 'yes' ? conditions.yes : id === 'no' ? conditions.no : [])),
    ' OR ',
  )

export const userSource: ListSource<typeof userList, UserRow, Record<string, never>, null> = {
  spec: userList,
  table: 'account',
  alias: 'a',
  tie: 'a.login_folded',
  sorts: { login: 'a.login_folded', created: 'a.created_at', name: 'a.username', domain: 'a.domain' },
  views: { blocked: () => sql`a.blocked = 1` },
  filters: {
    created: 'a.created_at',
    domain: 'a.domain',
    active: ({ ids }) => either(ids, { yes: sql`a.active = 1`, no: sql`a.active = 0` }),
    blocked: ({ ids }) => either(ids, { yes: sql`a.blocked = 1`, no: sql`a.blocked = 0` }),
  },
  options: { domain: { id: 'a.domain', name: 'a.domain' } },
  madeOf: () => ['account'],
  search: (cache, text) => rowidsMatching(cache, 'account', text),
  rows: (cache, rowids) =>
    inOrder(rowids, all<Row>(cache, sql`SELECT ${columns} FROM account a WHERE a.rowid IN ${listOf(rowids)}`), toRow),
  figures: () => null,
  totals: () => ({}),
}
