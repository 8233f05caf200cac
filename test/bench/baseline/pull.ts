import { Agent } from 'node:http'
import axios, { type AxiosInstance } from 'axios'
import type Database from 'better-sqlite3'
import { lists, type BareList, type Item } from './inventory'
import { baselineWriter } from './upsert'

interface Source {
  url: string
  token: string
}
interface RawPage {
  items: Item[]
  total: number
}
/** As many lists at once as the console reads. */
const LANES = 3

/** Every list, page after page: fetched, parsed, and written with its cursor in one transaction a page. @returns rows written. */
export const baselinePull = async (db: Database.Database, { url, token }: Source): Promise<number> => {
  const agent = new Agent({ keepAlive: true })
  const headers = { authorization: `Bearer ${token}`, 'accept-language': 'ru-ru' }
  const http = axios.create({ baseURL: `${url}/v1`, httpAgent: agent, headers })
  const waiting = [...lists]
  const lane = async (): Promise<number> => {
    let rows = 0
    for (let list = waiting.shift(); list; list = waiting.shift()) rows += await pullOne(db, http, list)
    return rows
  }
  const rows = await Promise.all(Array.from({ length: LANES }, lane))
  agent.destroy()
  return rows.reduce((sum, one) => sum + one, 0)
}

const pullOne = async (db: Database.Database, http: AxiosInstance, { path, table, row }: BareList): Promise<number> => {
  const writer = baselineWriter(db, table, false)
  const state = db.prepare(
    'INSERT OR REPLACE INTO dataset_state (connection_id, dataset, walk, cursor, running, done, total) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const commit = db.transaction((items: Item[], at: { cursor: string | null; done: number; total: number }) => {
    writer.write(items.map(row), 1)
    state.run('c1', table.dataset, 1, at.cursor, at.cursor === null ? 0 : 1, at.done, at.total)
  })
  let done = 0
  for (let page = 1; ; page++) {
    const { items, total } = (await http.get<RawPage>(path, { params: { page, sort: 'ctime' } })).data
    done += items.length
    const last = items.length === 0 || done >= total
    commit.immediate(items, { cursor: last ? null : String(page + 1), done, total })
    if (last) return done
  }
}
