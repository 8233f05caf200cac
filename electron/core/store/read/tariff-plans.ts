import { planList } from '@shared/domain/lists/tariff-plans'
import { nameOf } from '@shared/domain/text'
import type { PlanRow } from '@shared/ipc/contracts'
import { all, get, sql, type Db } from '../sql'
import type { ListSource } from './list'
import { inOrder, listOf } from './query'
import { rowidsMatching } from './search'

type Row = PlanRow & { rowid: number }

const columns = sql`t.rowid, t.connection_id AS connectionId, t.id, t.name, t.created_at AS createdAt, t.contracts`
const toRow = ({ rowid: _rowid, ...row }: Row): PlanRow => ({ ...row, name: nameOf(row.name, row.id) })

export const planSource: ListSource<typeof planList, PlanRow, Record<string, never>, null> = {
  spec: planList,
  table: 'tariff_plan',
  alias: 't',
  tie: 't.name_folded',
  sorts: { name: 't.name_folded', contracts: 't.contracts', created: 't.created_at' },
  views: {},
  filters: {},
  madeOf: () => ['tariff_plan'],
  search: (cache, text) => rowidsMatching(cache, 'tariff_plan', text),
  rows: (cache, rowids) =>
    inOrder(rowids, all<Row>(cache, sql`SELECT ${columns} FROM tariff_plan t WHERE t.rowid IN ${listOf(rowids)}`), toRow),
  figures: () => null,
  totals: () => ({}),
}

export const findPlan = (cache: Db, connectionId: string, id: string): PlanRow | null => {
  const row = get<Row>(cache, sql`SELECT ${columns} FROM tariff_plan t WHERE t.connection_id = ${connectionId} AND t.id = ${id}`)
  return row ? toRow(row) : null
}
