import { api } from '@renderer/api/client'
import { useQuery } from '@renderer/api/use-query'
import type { ClientKey } from '../use-client-card'

/** What the tab of limits reads: the client's own, what the partner has left, and the person's templates. */
export const useLimits = (key: () => ClientKey) => {
  const connectionId = (): string => key().connectionId
  const matrix = useQuery({
    input: key,
    load: (input) => api.limits.get(input),
    follow: ['limits', 'clients', 'servers', 'disks', 'networks', 'routers', 'ports'],
    connectionId,
  })
  const overview = useQuery({
    input: () => (matrix.data.value === null ? null : { connectionId: connectionId(), partnerId: matrix.data.value.partnerId }),
    load: (input) => api.limits.overview(input),
    follow: ['limits', 'partners'],
    connectionId,
  })
  const templates = useQuery({ input: () => ({}), load: () => api.limits.templates({}) })
  return { matrix, overview, templates }
}
