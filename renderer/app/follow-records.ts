import type { useConnections } from '@renderer/api/connections'
import { watch } from 'vue'
import type { Router } from 'vue-router'

/** Under which name the connection of a page is kept in its entry of the history. */
const KEPT = 'connection'

/**
 * A record belongs to a connection, and its address says to which: opening it, from wherever, makes the whole window show
 * that connection. Lists are of the connection shown; Back to one brings back the connection that it was left with.
 */
export const followRecords = (router: Router, connections: ReturnType<typeof useConnections>): void => {
  const keep = (): void => {
    if (connections.currentId !== null) history.replaceState({ ...(history.state as object | null), [KEPT]: connections.currentId }, '')
  }
  router.afterEach((to, _from, failure) => {
    if (failure) return
    const named = to.params['connectionId']
    const left = (history.state as Record<string, unknown> | null)?.[KEPT]
    const wanted = typeof named === 'string' ? named : left
    if (typeof wanted === 'string' && connections.byId(wanted) !== null && wanted !== connections.currentId) void connections.choose(wanted)
    keep()
  })
  watch(() => connections.currentId, keep)
}
