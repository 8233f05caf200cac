import { api } from '@renderer/api/client'
import { useQuery } from '@renderer/api/use-query'
import type { ClientRow } from '@shared/ipc/rows'
import { computed } from 'vue'

/** Newest first: enough to find the last one among those that wait to be sent. */
const LATEST = 20
/** Days of charges below which an average says nothing. */
const ENOUGH = 7

/** What the panel on the right adds to the row it stands for. */
export const useInspected = (row: () => ClientRow) => {
  const key = () => ({ connectionId: row().connectionId, clientId: row().id })
  const connectionId = (): string => row().connectionId
  const limits = useQuery({ input: key, load: (input) => api.clients.limits(input), follow: ['limits', 'servers', 'disks'], connectionId })
  const days = useQuery({ input: key, load: (input) => api.clients.days(input), follow: ['statistics'], connectionId })
  const notes = useQuery({
    input: () => ({ ...key(), filter: { today: null, authorId: null, system: null }, offset: 0, limit: LATEST }),
    load: (input) => api.notes.list(input),
    follow: ['notes'],
    connectionId,
  })
  const points = computed(() => (days.data.value?.points ?? []).flatMap((point) => (point.charged ? [point.charged.minor / 100] : [])))
  /** Average since the first day with a charge, so that a new client's empty weeks do not count; null where too few days are known. */
  const perDay = computed(() => {
    const known = (days.data.value?.points ?? []).flatMap((point) => point.charged ?? [])
    const since = known.slice(known.findIndex((charge) => charge.minor > 0))
    const currency = since[0]?.currency
    if (currency === undefined || since.length < ENOUGH || since.some((charge) => charge.currency !== currency)) return null
    return { minor: Math.round(since.reduce((sum, charge) => sum + charge.minor, 0) / since.length), currency }
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
