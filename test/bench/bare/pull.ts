import { Agent } from 'node:http'
import axios from 'axios'
import type Database from 'better-sqlite3'
import { lists } from './inventory'
import { bareWriter } from './upsert'

interface Source {
  url: string
  token: string
}

/** Every list, page after page: fetched, parsed, and written with its cursor in one transaction a page. @returns rows written. */
export const barePull = async (db: Database.Database, { url, token }: Source): Promise<number> => {
  const agent = new Agent({ keepAlive: true })
  const http = axios.create({
    baseURL: `${url}/v1`,
    httpAgent: agent,
    headers: { authorization: `Bearer ${token}`, 'accept-language': 'ru-ru' },
  })
  const state = db.prepare(
    'INSERT OR REPLACE INTO dataset_state (connection_id, dataset, walk, cursor, running, done, total) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  let rows = 0
  for (const { path, table, row } of lists) {
    const writer = bareWriter(db, table, false)
    const commit = db.transaction((items: unknown[], cursor: string | null, done: number, total: number) => {
      writer.write(items.map(row), 1)
      state.run('c1', table.dataset, 1, cursor, cursor === null ? 0 : 1, done, total)
    })
    let done = 0
    for (let page = 1; page > 0;) {
      const { items, total } = (
        await http.get<{ items: unknown[]; total: number }>(path, {
          params: { page, sort: 'ctime', ...(path === 'port' ? { filter_type: 'external' } : {}) },
        })
      ).data
      done += items.length
      page = items.length === 0 || done >= total ? 0 : page + 1
      commit.immediate(items, page === 0 ? null : String(page), done, total)
    }
    rows += done
  }
  agent.destroy()
  return rows
}
