import { api } from '@renderer/api/client'
import { useQuery } from '@renderer/api/use-query'
import { usageShare } from '@shared/domain/limits'
import { computed } from 'vue'

/** Newest first: enough to find the last one among those that wait to be sent. */
const LATEST = 20
/** Limits that are told one by one. */
const MOST_LIMITS = 3

/** What an account manager looks up about the client of a ticket: limits that press, the balance, the last note. */
export const useBeside = (key: () => { connectionId: string; clientId: string }) => {
  const connectionId = (): string => key().connectionId
  const client = useQuery({ input: key, load: (input) => api.clients.get(input), follow: ['clients', 'contracts'], connectionId })
  const limits = useQuery({ input: key, load: (input) => api.clients.limits(input), follow: ['limits', 'servers', 'disks'], connectionId })
  const notes = useQuery({
    input: () => ({ ...key(), filter: { today: null, authorId: null, system: null }, offset: 0, limit: LATEST }),
    load: (input) => api.notes.list(input),
    follow: ['notes'],
    connectionId,
  })
  const pressing = computed(() =>
    (limits.data.value?.rows ?? [])
      .flatMap((row) => (row.use !== null && row.state !== null && row.state !== 'ok' ? [{ ...row, use: row.use }] : []))
      .sort((a, b) => usageShare(b.use, b.limit) - usageShare(a.use, a.limit))
      .slice(0, MOST_LIMITS),
  )
  /** Whether none presses may be said: all were read, and of each it is known what is used. */
  const allInOrder = computed(() => {
    const read = limits.data.value
    return (
      read !== null &&
      read.asOf.at !== null &&
      read.asOf.without === 0 &&
      read.rows.length > 0 &&
      read.rows.every(({ state }) => state === 'ok')
    )
  })
  const lastNote = computed(
    () => (notes.data.value?.rows ?? []).toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0)).find(({ system }) => !system) ?? null,
  )
  return { client, limits, notes, pressing, allInOrder, lastNote }
}
