import type { Limit } from '@shared/domain/entities'
import type { Store } from '../connection'
import { get, sql } from '../sql'
import type { ChangeSequence } from './change-spool'
import { replaceOwnerRows } from './owner-rows'

export interface FreshLimits {
  connectionId: string
  clientId: string
  rows: readonly Limit[]
  /** Server time of the answer. */
  at: number
  askedAt: number
  sequence: ChangeSequence
}

/** The limits of one client as they were read after a change of our own; idempotent. What sync has read since then stands. */
export const applyClientLimits = (store: Store, { connectionId, clientId, rows, at, askedAt, sequence }: FreshLimits): boolean => {
  const known = get<{ as_of: number | null }>(
    store.cache,
    sql`SELECT as_of FROM owner_state WHERE connection_id = ${connectionId} AND dataset = 'limits' AND owner_id = ${clientId}`,
  )
  if ((known?.as_of ?? 0) > at) return false
  const owner = { connectionId, dataset: 'limits' as const, owner: 'client' as const, ownerId: clientId }
  return replaceOwnerRows(store, { ...owner, rows, unreadable: [], partial: [], at, askedAt, sequence }).changed
}
