import { viewTimeOf } from '../local/own-names'
import type { ListSpec, QueryOf } from '@shared/domain/list-spec'
import type { ListName } from '@shared/ipc/lists'
import type { AsOf } from '@shared/ipc/rows'
import { withLocalNotes } from '../local/local-notes'
import type { Db } from '../sql'
import { clientSource } from './client-list'
import { contractSource } from './contracts'
import { eventSource } from './events'
import { readList, type ListSource } from './list'
import type { Memo } from './memo'
import { paymentSource } from './payments'
import { asOfAll } from './sync-status'
import { planSource } from './tariff-plans'
import { ticketSource } from './tickets'
import { userSource } from './users'

interface Asked {
  cache: Db
  local: Db
  /** The list's question, checked before. */
  query: unknown
  now: number
}
/** All that a question shows, for a file of it. */
export interface WholeList {
  count: number
  asOf: AsOf
  /** Rows in their order, a batch at a time. */
  batches: (size: number) => Generator<object[]>
}
type ReadWhole = (asked: Asked) => WholeList

/** Each part is asked for once here: nothing is remembered. */
const once: Memo = Object.assign(<T>(_key: string, compute: () => T): T => compute(), { has: () => false, versionOf: () => '' })

const wholeOf =
  <S extends ListSpec, Row extends object, Totals, Figures, OwnFilter>(
    source: ListSource<S, Row, Totals, Figures, OwnFilter>,
    finished: (local: Db, rows: Row[]) => Row[] = (_local, rows) => rows,
  ): ReadWhole =>
  ({ cache, local, query, now }) => {
    const asked = query as QueryOf<S, OwnFilter>
    const at = viewTimeOf(local, asked.connectionId, now)
    const { rowids } = readList(cache, source, { query: asked, at, memo: once })
    return {
      count: rowids.length,
      asOf: asOfAll(cache, asked.connectionId, [source.spec.dataset]),
      batches: function* (size) {
        for (let at = 0; at < rowids.length; at += size) yield finished(local, source.rows(cache, rowids.slice(at, at + size)))
      },
    }
  }

export const wholeLists: Record<ListName, ReadWhole> = {
  clients: wholeOf(clientSource, withLocalNotes),
  contracts: wholeOf(contractSource),
  'tariff-plans': wholeOf(planSource),
  payments: wholeOf(paymentSource),
  tickets: wholeOf(ticketSource),
  events: wholeOf(eventSource),
  users: wholeOf(userSource),
}
