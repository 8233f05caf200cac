import { nameOf } from '@shared/domain/names'
import type { ClientQuery } from '@shared/ipc/clients'
import { all, get, sql, type Db, type Query } from '../sql'
import { tablesFor, viewCondition } from './client-query'
import { every } from './query'

interface Facet {
  id: string
  name: string
  count: number
}
const inConnection = (connectionId: string | null): Query => (connectionId === null ? sql`1` : sql`c.connection_id = ${connectionId}`)

const partnerFacets = (cache: Db, connectionId: string | null): Facet[] =>
  all(
    cache,
    sql`SELECT c.partner_id AS id, ifnull(max(c.partner_name), c.partner_id) AS name, count(*) AS count FROM client c
      WHERE ${inConnection(connectionId)} AND c.partner_id IS NOT NULL GROUP BY c.partner_id ORDER BY name, id`,
  )
const planFacets = (cache: Db, connectionId: string | null): Facet[] =>
  all(
    cache,
    sql`SELECT k.plan_id AS id, ifnull(max(k.plan_name), k.plan_id) AS name, count(*) AS count FROM client c
      JOIN contract k ON k.connection_id = c.connection_id AND k.id = c.contract_id
      WHERE ${inConnection(connectionId)} AND k.plan_id IS NOT NULL GROUP BY k.plan_id ORDER BY name, id`,
  )
export const optionsOf = (cache: Db, field: 'partner' | 'plan', connectionId: string | null): Facet[] =>
  (field === 'partner' ? partnerFacets(cache, connectionId) : planFacets(cache, connectionId)).map((one) => ({
    ...one,
    name: nameOf(one.name, one.id),
  }))
export const paymentFacets = (cache: Db, connectionId: string | null): { id: string; count: number }[] =>
  all(
    cache,
    sql`SELECT c.payment_model AS id, count(*) AS count FROM client c
      WHERE ${inConnection(connectionId)} AND c.payment_model IS NOT NULL GROUP BY c.payment_model ORDER BY c.payment_model`,
  )
export const countView = (
  cache: Db,
  { connectionId, view, now }: { connectionId: string | null; view: ClientQuery['view']; now: number },
): number =>
  get<{ count: number }>(
    cache,
    sql`SELECT count(*) AS count FROM ${tablesFor(viewCondition(view, now), sql``)}
      WHERE ${inConnection(connectionId)} AND ${every(viewCondition(view, now))}`,
  )?.count ?? 0
