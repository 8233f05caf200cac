import { api } from '@renderer/api/client'
import { useQuery } from '@renderer/api/use-query'
import type { ClientKey } from '../use-client-card'
import type { LimitCells } from '@shared/domain/limit-cells'
import { defineStore } from 'pinia'
import { reactive } from 'vue'

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

/** What was typed into a client's table of limits and not saved: kept in memory until it is saved or thrown away. */
export const useLimitDrafts = defineStore('limit-drafts', () => {
  const drafts = reactive(new Map<string, LimitCells>())
  return {
    get: (key: string): LimitCells => drafts.get(key) ?? {},
    keep: (key: string, draft: LimitCells): void => void (Object.keys(draft).length === 0 ? drafts.delete(key) : drafts.set(key, draft)),
  }
})
