import { api } from '@renderer/api/client'
import { useConnections } from '@renderer/api/connections'
import { useWindows } from '@renderer/api/read-windows'
import { useUi } from '@renderer/ui/context'
import type { AlertRow } from '@shared/ipc/notes'
import { computed, ref } from 'vue'
import { alertKey, groupAlerts, neighbour } from './groups'

/** One window: whoever has more changes waiting can take this one back in the outbox. */
const WAITING_ROWS = 200

export type AlertList = 'open' | 'done'

/** The alerts of the chosen connection: grouped by the clock on the wall, one of them chosen. */
export const useAlerts = () => {
  const ui = useUi()
  const connections = useConnections()
  /** What the badge that leads here counts: over all connections, and of those whose alerts are told. */
  const own = ref(true)
  const everywhere = ref(true)
  const state = ref<AlertList>('open')
  const { query, more } = useWindows({
    input: () => ({ connectionId: everywhere.value ? null : connections.currentId, state: state.value, own: own.value }),
    load: (input) => api.alerts.list(input),
    follow: ['notes'],
  })
  /** Opened here: the mark goes at once, whenever the next reading of the list comes. */
  const seen = ref(new Set<string>())
  const rows = computed(() =>
    (query.data.value?.rows ?? []).map((row) => (row.unopened && seen.value.has(alertKey(row)) ? { ...row, unopened: false } : row)),
  )
  const groups = computed(() => (state.value === 'open' ? groupAlerts(rows.value, ui.now.value) : []))
  /** In the order of the screen: what the arrows walk. */
  const ordered = computed(() =>
    state.value === 'open' ? groups.value.flatMap((group) => group.rows) : [...rows.value].sort((a, b) => b.dueAt - a.dueAt),
  )
  const chosen = ref<string | null>(null)
  const current = computed(() => ordered.value.find((row) => alertKey(row) === chosen.value) ?? null)

  const keyOf = (row: AlertRow) => ({ connectionId: row.note.connectionId, noteId: row.note.id })
  const choose = (row: AlertRow | null): void => {
    chosen.value = row && alertKey(row)
    if (!row?.unopened) return
    seen.value = new Set([...seen.value, alertKey(row)])
    void api.alerts.opened(keyOf(row)).catch(() => undefined)
  }
  const step = (by: number): void => {
    const at = ordered.value.findIndex((row) => alertKey(row) === chosen.value)
    const next = ordered.value[Math.max(0, Math.min(ordered.value.length - 1, at < 0 ? 0 : at + by))]
    if (next) choose(next)
  }
  const leave = (row: AlertRow): void => {
    const keys = ordered.value.map(alertKey)
    const next = neighbour(keys, alertKey(row))
    if (chosen.value === alertKey(row)) chosen.value = next
  }
  /** @returns the command that confirms the note, if it has not left yet: what can still be taken back. */
  const done = async (row: AlertRow): Promise<string | null> => {
    const { commandId } = await api.alerts.done(keyOf(row))
    leave(row)
    await query.reload()
    if (commandId === null) return null
    const { rows: waiting } = await api.outbox.list({ connectionId: row.note.connectionId, offset: 0, limit: WAITING_ROWS })
    return waiting.some(({ id, state: stands }) => id === commandId && (stands === 'pending' || stands === 'rejected')) ? commandId : null
  }
  const snooze = async (row: AlertRow, until: number): Promise<void> => {
    await api.alerts.snooze({ ...keyOf(row), until })
    await query.reload()
  }
  const takeBack = async (id: string): Promise<void> => {
    await api.outbox.discard({ id })
    await query.reload()
  }
  return { query, rows, groups, ordered, own, everywhere, state, current, chosen, choose, step, done, snooze, takeBack, more }
}
