import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api, on } from './client'

/** What waits for a person: shown in the menu and the top bar. */
export const useCounts = defineStore('counts', () => {
  const alerts = shallowRef({ due: 0, unopened: 0, upcoming: 0 })
  const outbox = shallowRef({ waiting: 0, decide: 0, batches: 0 })
  let ended: (() => void)[] = []

  const load = async (): Promise<void> => {
    if (!ended.length) ended = [on('alerts', (next) => (alerts.value = next)), on('outbox', (next) => (outbox.value = next))]
    const [due, sent] = await Promise.all([api.alerts.counts({}), api.outbox.list({ connectionId: null, offset: 0, limit: 1 })])
    alerts.value = due
    outbox.value = sent.counts
  }
  return { alerts, outbox, load }
})
