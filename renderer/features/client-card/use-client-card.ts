import { api } from '@renderer/api/client'
import { useWindows } from '@renderer/api/read-windows'
import { useQuery } from '@renderer/api/use-query'
import { watch } from 'vue'

export interface ClientKey {
  connectionId: string
  clientId: string
}

/** More than are shown: some say nothing to a person. */
const LATEST_CHANGES = 100

/** Everything the card shows of one client, each part following its own datasets. */
export const useClientCard = (key: () => ClientKey) => {
  const connectionId = (): string => key().connectionId
  const client = useQuery({
    input: key,
    load: (input) => api.clients.get(input),
    follow: ['clients', 'contracts', 'servers', 'disks', 'limits', 'accounts', 'notes'],
    connectionId,
  })
  const limits = useQuery({
    input: key,
    load: (input) => api.clients.limits(input),
    follow: ['limits', 'servers', 'disks', 'networks', 'routers', 'ports'],
    connectionId,
  })
  const access = useWindows({ input: key, load: (input) => api.clients.access(input), follow: ['accounts'], connectionId })
  const changes = useQuery({
    input: () => ({ ...key(), offset: 0, limit: LATEST_CHANGES }),
    load: (input) => api.clients.changes(input),
    follow: ['clients', 'contracts', 'limits', 'servers', 'projects', 'disks'],
    connectionId,
  })
  const days = useQuery({ input: key, load: (input) => api.clients.days(input), follow: ['statistics'], connectionId })

  // Tells sync what is being looked at; that it could not be told is no reason to stop the card.
  watch(
    () => `${key().connectionId}/${key().clientId}`,
    () => void api.clients.opened(key()).catch(() => undefined),
    { immediate: true },
  )
  return { client, limits, access, changes, days }
}
