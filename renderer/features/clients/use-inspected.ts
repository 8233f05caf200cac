import { api } from '@renderer/api/client'
import { useQuery } from '@renderer/api/use-query'
import type { ClientRow } from '@shared/ipc/rows'
import { computed } from 'vue'

/** What the panel on the right adds to the row it stands for. */
export const useInspected = (row: () => ClientRow) => {
  const key = () => ({ connectionId: row().connectionId, clientId: row().id })
  const connectionId = (): string => row().connectionId
  const limits = useQuery({ input: key, load: (input) => api.clients.limits(input), follow: ['limits', 'servers', 'disks'], connectionId })
  const days = useQuery({ input: key, load: (input) => api.clients.days(input), follow: ['statistics'], connectionId })
  const notes = useQuery({
    input: () => ({ ...key(), filter: { today: null, authorId: null, system: null } }),
    load: (input) => api.notes.list(input),
    follow: ['notes'],
    connectionId,
  })
  const points = computed(() => (days.data.value?.points ?? []).flatMap((point) => (point.charged ? [point.charged.minor / 100] : [])))
  /** Average of the days that are known; null where too few are. */
  const perDay = computed(() => {
    const total = days.data.value?.total
    const known = days.data.value?.points.filter((point) => point.charged !== null).length ?? 0
    return total && known >= 7 ? { minor: Math.round(total.minor / known), currency: total.currency } : null
  })
  /** An estimate, said so: the balance by the average day. Nothing where currencies differ or nothing is spent. */
  const daysLeft = computed(() => {
    const balance = row().balance
    if (!balance || balance.minor < 0 || !perDay.value || perDay.value.minor <= 0 || perDay.value.currency !== balance.currency) return null
    return Math.floor(balance.minor / perDay.value.minor)
  })
  const span = computed(() => {
    const all = days.data.value?.points ?? []
    const first = all[0]
    const last = all.at(-1)
    return first && last ? { from: first.at, to: last.at } : null
  })
  const lastNote = computed(() => {
    const rows = notes.data.value?.rows ?? []
    return [...rows].sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))[0] ?? null
  })
  return { limits, days, notes, points, perDay, daysLeft, span, lastNote }
}
