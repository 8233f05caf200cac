import type { Money } from '@shared/domain/money'
import { all, inTransaction, run, sql, type Db } from '../sql'
import { moneyOf } from './clients'
import { value } from './query'

interface ClientKey {
  connectionId: string
  clientId: string
}
export interface ClientDay {
  at: number
  charged: Money | null
}
export interface ClientDays {
  points: ClientDay[]
  asOf: number | null
}

export const readClientDays = (cache: Db, { connectionId, clientId }: ClientKey, from: number): ClientDays => {
  const rows = all<{ at: number; minor: number | null; currency: string | null }>(
    cache,
    sql`SELECT at, charged_minor AS minor, currency FROM client_day
      WHERE connection_id = ${connectionId} AND client_id = ${clientId} AND at >= ${from} ORDER BY at`,
  )
  const asOf = value<number>(
    cache,
    sql`SELECT as_of FROM client_day_state WHERE connection_id = ${connectionId} AND client_id = ${clientId}`,
  )
  return { points: rows.map(({ at, minor, currency }) => ({ at, charged: moneyOf(minor, currency) })), asOf: asOf ?? null }
}

export const writeClientDays = (cache: Db, { connectionId, clientId }: ClientKey, days: ClientDays & { asOf: number }): void => {
  inTransaction(cache, () => {
    run(cache, sql`DELETE FROM client_day WHERE connection_id = ${connectionId} AND client_id = ${clientId}`)
    for (const { at, charged } of days.points) {
      run(
        cache,
        sql`INSERT OR REPLACE INTO client_day (connection_id, client_id, at, charged_minor, currency)
          VALUES (${connectionId}, ${clientId}, ${at}, ${charged?.minor ?? null}, ${charged?.currency ?? null})`,
      )
    }
    run(
      cache,
      sql`INSERT OR REPLACE INTO client_day_state (connection_id, client_id, as_of) VALUES (${connectionId}, ${clientId}, ${days.asOf})`,
    )
  })
}
