import type Database from 'better-sqlite3'
import { clientRow, clientTable, contractRow, contractTable } from '../baseline/clients'
import { openBaseline } from '../baseline/schema'
import { baselineWriter, type BaselineRow, type BaselineWriter } from '../baseline/upsert'
import { changed, inBatches, manyClients, type ClientWithContract } from '../support/clients'
import { freshFolder, type Measure } from '../support/context'
import { row, type Row } from '../support/row'
import { inTurn, median, must, timed } from '../support/sample'
import { schemaDifferences } from '../support/same-schema'
import { beginWalks, KEY, openInFolder, pretendEarlierWalk, writeBatch } from '../support/store'

const BATCH = 500
const ROUNDS = 5
/** Enough for a steady rate; more only takes longer. */
const MOST_CLIENTS = 5000

/** Batches of both kinds: what was never seen, what is different in every row, what is the same. */
interface Load {
  first: ClientWithContract[][]
  second: ClientWithContract[][]
}
interface Passes {
  added: number
  changed: number
  same: number
}

/** P5: clients with their contracts, search rows and change rows, through the store and straight with the driver. */
export const measure: Measure = async (context) => {
  const clients = manyClients(Math.min(context.clients, MOST_CLIENTS))
  const load: Load = { first: inBatches(clients, BATCH), second: inBatches(changed(clients), BATCH) }
  mustBeTheSameSchema(freshFolder(context, 'schema'))
  const ours: Passes[] = []
  const baseline: Passes[] = []
  await inTurn(ROUNDS, {
    ours: () => ours.push(throughStore(freshFolder(context, 'ours'), load)),
    baseline: () => baseline.push(withDriver(freshFolder(context, 'baseline'), load)),
  })
  const size = `${String(clients.length)} clients + contracts, batches of ${String(BATCH)}, change rows on`
  const rows = clients.length * 2
  const line = (key: string, what: string, pass: keyof Passes): Row => {
    const speed = (passes: Passes[]): number => median(passes.map((it) => (rows / it[pass]) * 1000))
    return row({ key, what, unit: 'rows/s', figure: speed(ours), baseline: speed(baseline), ratioAtLeast: 0.8, atLeast: 15_000, size })
  }
  return [
    line('P5', 'bulk upsert of new rows', 'added'),
    line('P5.changed', 'the same rows, every one changed', 'changed'),
    line('P5.same', 'the same rows, none changed', 'same'),
  ]
}

const mustBeTheSameSchema = (folder: string): void => {
  const store = openInFolder(folder)
  const baseline = openBaseline(`${folder}/baseline.db`, KEY)
  const different = schemaDifferences(store.cache, baseline)
  baseline.close()
  store.close()
  must(different.length === 0, `baseline/schema.ts no longer has the store's schema: ${different.join(', ')}`)
}

const throughStore = (folder: string, load: Load): Passes => {
  const store = openInFolder(folder)
  pretendEarlierWalk(store)
  const pass = (batches: ClientWithContract[][], syncId: string): number => {
    beginWalks(store)
    const sequence = { syncId, next: 1 }
    let seen = 0
    const { ms } = timed(() => {
      for (const batch of batches) seen = writeBatch(store, batch, sequence)
    })
    must(seen === batches.flat().length * 2, `the store saw ${String(seen)} rows`)
    return ms
  }
  const passes = { added: pass(load.first, 'a'), changed: pass(load.second, 'b'), same: pass(load.second, 'c') }
  mustHaveHappened(store.cache, load)
  store.close()
  return passes
}

const withDriver = (folder: string, load: Load): Passes => {
  const db = openBaseline(`${folder}/baseline.db`, KEY)
  const [contracts, clients] = [baselineWriter(db, contractTable, true), baselineWriter(db, clientTable, true)]
  const state = db.prepare(
    'INSERT OR REPLACE INTO dataset_state (connection_id, dataset, walk, cursor, running, done) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const commit = db.transaction((writer: BaselineWriter, rows: BaselineRow[], walk: number) => {
    writer.write(rows, walk)
    state.run('c1', writer.dataset, walk, 'more', 1, rows.length)
  })
  const pass = (batches: ClientWithContract[][], walk: number): number =>
    timed(() => {
      for (const batch of batches) {
        commit.immediate(
          contracts,
          batch.map((it) => contractRow(it.contract)),
          walk,
        )
        commit.immediate(
          clients,
          batch.map((it) => clientRow(it.client, it.contract.name)),
          walk,
        )
      }
    }).ms
  const passes = { added: pass(load.first, 1), changed: pass(load.second, 2), same: pass(load.second, 3) }
  mustHaveHappened(db, load)
  db.close()
  return passes
}

/** Every row is there, was told as added and then as changed, and can be found. */
const mustHaveHappened = (db: Database.Database, load: Load): void => {
  const expected = load.first.flat().length
  const count = (query: string): number => Number(db.prepare(query).pluck().get())
  must(count('SELECT count(*) FROM client') === expected, 'not every client was written')
  must(count('SELECT count(*) FROM contract') === expected, 'not every contract was written')
  must(count('SELECT count(*) FROM search_row') === expected * 2, 'not every row can be searched')
  must(count("SELECT count(*) FROM change_spool WHERE kind = 'added'") === expected * 2, 'not every added row was told')
  must(count("SELECT count(*) FROM change_spool WHERE kind = 'changed'") === expected * 2, 'not every changed row was told')
  must(
    count('SELECT count(*) FROM search_trigram WHERE search_trigram MATCH \'"новое имя"\'') === Math.ceil(expected / 10),
    'new names are not found',
  )
}
