import { ticketList } from '@shared/domain/lists/tickets'
import { nameOf } from '@shared/domain/text'
import type { TicketRow } from '@shared/ipc/organisation'
import { all, sql } from '../sql'
import type { ListSource } from './list'
import { inOrder, listOf } from './query'
import { rowidsMatching } from './search'

type Row = Omit<TicketRow, 'attachments'> & { rowid: number; attachments: string }
const columns = sql`t.rowid, t.connection_id AS connectionId, t.id, t.created_at AS createdAt, t.modified_at AS modifiedAt, t.topic, t.topic_text AS topicText,
  t.text, t.account_id AS accountId, t.account_name AS accountName, t.project_id AS projectId, ifnull(p.name, t.project_name) AS projectName,
  c.id AS clientId, c.name AS clientName, t.contacts, t.attachments`
const toRow = ({ rowid: _rowid, ...row }: Row): TicketRow => ({
  ...row,
  clientName: row.clientId === null ? null : nameOf(row.clientName, row.clientId),
  attachments: JSON.parse(row.attachments) as string[],
})

export const ticketSource: ListSource<typeof ticketList, TicketRow, Record<string, never>, null> = {
  spec: ticketList,
  table: 'ticket',
  alias: 't',
  tie: 't.id',
  sorts: { created: 't.created_at', topic: 't.topic_text', user: 't.account_name' },
  views: {},
  filters: { topic: 't.topic', text: 't.text', user: 't.account_id' },
  options: { user: { id: 't.account_id', name: 't.account_name' } },
  names: ['projects', 'clients'],
  madeOf: () => ['ticket'],
  search: (cache, text) => rowidsMatching(cache, 'ticket', text),
  rows: (cache, rowids) => {
    const asked = sql`SELECT ${columns} FROM ticket t LEFT JOIN project p ON p.connection_id = t.connection_id AND p.id = t.project_id
      LEFT JOIN client c ON c.connection_id = p.connection_id AND c.id = p.client_id WHERE t.rowid IN ${listOf(rowids)}`
    return inOrder(rowids, all<Row>(cache, asked), toRow)
  },
  figures: () => null,
  totals: () => ({}),
}
