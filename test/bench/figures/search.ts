import type { ClientQuery } from '@shared/ipc/clients'
import Database from 'better-sqlite3'
import { createClients } from '../../../electron/core/features/clients/service'
import type { Workspace } from '../../../electron/core/features/workspace'
import { systemClock } from '../../../electron/core/clock'
import type { Store } from '../../../electron/core/store/connection'
import { createMemo } from '../../../electron/core/store/read/memo'
import { findRows } from '../../../electron/core/store/read/search'
import { baselineSearch } from '../baseline/search'
import { queriesByLength } from '../support/queries'
import { row, type Row } from '../support/row'
import { largest, must, p95, timed } from '../support/sample'
import { CONNECTION, KEY } from '../support/store'

const ROUNDS = 3
const FIRST_ROWS = 200

/** P7, without the window: the search alone, and the list's whole answer, over very many clients. */
export const searchRows = (store: Store, file: string, clients: number): Row[] => {
  const size = `${clients.toLocaleString('en')} clients`
  const baseline = baselineSearch(openedStraight(file), FIRST_ROWS)
  const list = listOf(store)
  const all = Object.values(queriesByLength).flat()
  for (const text of all.slice(0, 10)) find(store, text)
  // Whoever types has the list before them.
  const opening = timed(() => list(''))
  const times = { find: [] as number[], baseline: [] as number[], list: [] as number[] }
  let hits = 0
  for (let round = 0; round < ROUNDS; round++)
    for (const text of all) {
      const found = timed(() => find(store, text))
      const straight = timed(() => baseline(text))
      hits += found.value
      times.find.push(found.ms)
      times.baseline.push(straight.ms)
      // A list's answer costs much more than a search: each query once is enough of them.
      if (round > 0) continue
      const answer = timed(() => list(text))
      times.list.push(answer.ms)
      must(found.value > 0 === answer.value > 0, `the search and the list disagree about «${text}»`)
    }
  must(hits > 0, 'nothing was ever found')
  return [
    row({
      key: 'P7.search',
      what: 'search alone, first 200 hits, p95',
      unit: 'ms',
      figure: p95(times.find),
      baseline: p95(times.baseline),
      atMost: 5,
      size,
    }),
    row({ key: 'P7@100k', what: 'the core’s whole answer to a search, p95', unit: 'ms', figure: p95(times.list), atMost: 50, size }),
    row({ key: 'P7@100k.open', what: 'the core’s answer to the list as it is opened, once', unit: 'ms', figure: opening.ms, size }),
    row({ key: 'P7@100k.max', what: 'the slowest of them', unit: 'ms', figure: largest(times.list), atMost: 100, size }),
  ]
}

const openedStraight = (file: string): Database.Database => {
  const db = new Database(file)
  db.pragma("cipher = 'sqlcipher'")
  db.pragma('legacy = 4')
  db.pragma(`key = "x'${KEY}'"`)
  db.pragma('cache_size = -64000')
  return db
}

const find = (store: Store, text: string): number =>
  findRows(store.cache, { kind: 'client', connectionId: CONNECTION, text }, FIRST_ROWS).length

/** The clients list as a page asks for it, as the core answers: each query is a new one, the list behind it is not. */
const listOf = (store: Store): ((text: string) => number) => {
  const workspace = { cache: store.cache, local: store.local, clock: systemClock, emit: () => undefined } as unknown as Workspace
  const clients = createClients({ workspace, live: { find: () => undefined } as never, memo: createMemo(store, 40) })
  return (text) => {
    const query: ClientQuery = { connectionId: CONNECTION, view: 'all', text, filters: [], sort: { by: 'name', desc: false } }
    return clients.list({ query, offset: 0, limit: 200, totals: 'if-known' }).total
  }
}
