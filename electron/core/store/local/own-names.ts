import type { ViewTime } from '../read/list'
import type { Db } from '../sql'
import { listConnections } from './connections'

/** The time, and what the accounts behind the connections asked are called: what a view may depend on besides rows. */
export const viewTimeOf = (local: Db, connectionId: string | null, now: number): ViewTime => {
  const asked = listConnections(local).filter(({ id }) => connectionId === null || id === connectionId)
  return { now, own: asked.flatMap(({ id, accountName }) => (accountName ? [{ connectionId: id, name: accountName }] : [])) }
}
