import { eventList } from '@shared/domain/lists/events'
import type { EventRow } from '@shared/ipc/organisation'
import { all, sql } from '../sql'
import type { ListSource } from './list'
import { inOrder, listOf } from './query'
import { rowidsMatching } from './search'

type Row = EventRow & { rowid: number }
const columns = sql`e.rowid, e.connection_id AS connectionId, e.id, e.created_at AS createdAt, e.account_name AS accountName, e.action,
  e.object_kind AS objectKind, e.object_id AS objectId, e.object_name AS objectName, e.text`
const toRow = ({ rowid: _rowid, ...row }: Row): EventRow => row

export const eventSource: ListSource<typeof eventList, EventRow, Record<string, never>, null> = {
  spec: eventList,
  table: 'event',
  alias: 'e',
  tie: 'e.id',
  sorts: { created: 'e.created_at', user: 'e.account_name', action: 'e.action', object: 'e.object_name' },
  views: {},
  filters: { created: 'e.created_at', user: 'e.account_id', action: 'e.action', objectKind: 'e.object_kind' },
  options: {
    user: { id: 'e.account_id', name: 'e.account_name' },
    action: { id: 'e.action', name: 'e.action' },
    objectKind: { id: 'e.object_kind', name: 'e.object_kind' },
  },
  madeOf: () => ['event'],
  search: (cache, text) => rowidsMatching(cache, 'event', text),
  rows: (cache, rowids) => inOrder(rowids, all<Row>(cache, sql`SELECT ${columns} FROM event e WHERE e.rowid IN ${listOf(rowids)}`), toRow),
  figures: () => null,
  totals: () => ({}),
}
