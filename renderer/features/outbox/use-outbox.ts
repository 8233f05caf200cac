import { api } from '@renderer/api/client'
import { useWindows } from '@renderer/api/read-windows'
import { useCounts } from '@renderer/api/counts'
import { decideStates } from '@shared/domain/commands'
import type { OutboxRow } from '@shared/ipc/outbox'
import { computed, ref, watch } from 'vue'
import type { Decision } from './merge'

const DECIDE: readonly OutboxRow['state'][] = decideStates

export const useOutbox = () => {
  const counts = useCounts()
  const { query, more } = useWindows({
    input: () => ({ connectionId: null }),
    load: (input) => api.outbox.list(input),
    follow: ['notes'],
  })
  // The counts are pushed whenever the outbox moves, also when no cached row does.
  watch(
    () => counts.outbox,
    () => void query.reload(),
  )

  const rows = computed(() => query.data.value?.rows ?? [])
  const decide = computed(() => rows.value.filter((row) => DECIDE.includes(row.state)))
  const waiting = computed(() => rows.value.filter((row) => !DECIDE.includes(row.state)))
  const ordered = computed(() => [...decide.value, ...waiting.value])
  const chosen = ref<string | null>(null)
  const current = computed(() => ordered.value.find((row) => row.id === chosen.value) ?? ordered.value[0] ?? null)
  const step = (by: number): void => {
    const at = ordered.value.findIndex((row) => row.id === current.value?.id)
    chosen.value = ordered.value[Math.max(0, Math.min(ordered.value.length - 1, at + by))]?.id ?? null
  }
  const retry = async (row: OutboxRow): Promise<void> => {
    await api.outbox.retry({ id: row.id })
    await query.reload()
  }
  const discard = async (row: OutboxRow): Promise<void> => {
    await api.outbox.discard({ id: row.id })
    await query.reload()
  }
  const resolve = async (row: OutboxRow, { keep, theirs }: Decision): Promise<void> => {
    await api.outbox.resolve({ id: row.id, keep, theirs })
    await query.reload()
  }
  return { query, rows, more, decide, waiting, current, chosen, step, retry, discard, resolve }
}
