import { on } from '@renderer/api/client'
import type { useConnections } from '@renderer/api/connections'
import type { useSync } from '@renderer/api/sync'
import type { Router } from 'vue-router'

interface Following {
  connections: ReturnType<typeof useConnections>
  sync: ReturnType<typeof useSync>
  /** null until the window has its pages. */
  router: () => Router | null
}

/**
 * A connection may be made while the page is still starting, or by the command line: whoever stands before the empty form
 * then is led to the first screen. Listened to before the first list is asked for, so that nothing falls in between.
 */
export const followConnections = ({ connections, sync, router }: Following): void => {
  on('changed', ({ connectionId, datasets }) => {
    if (datasets.length > 0 && connections.byId(connectionId)) return
    const none = connections.rows.length === 0
    void Promise.all([connections.load(), sync.load()]).then(async () => {
      const pages = router()
      // The form may still be on its way: only where the window has arrived can be told where it stands.
      await pages?.isReady().catch(() => undefined)
      if (none && connections.rows.length > 0 && pages?.currentRoute.value.name === 'connect') void pages.replace('/')
    })
  })
}
