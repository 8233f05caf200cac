import { isOpenJob } from '@shared/domain/jobs'
import type { JobRow } from '@shared/ipc/jobs'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api, on } from './client'

/** Long work, as the program pushes it: what runs, and what ended and was not looked at. */
export const useJobs = defineStore('jobs', () => {
  const rows = shallowRef<readonly JobRow[]>([])
  /** Ended while this window looked on, and not told yet. */
  const endings = shallowRef<readonly JobRow[]>([])
  let known: Map<string, JobRow> | null = null
  let following = false

  const take = (next: readonly JobRow[]): void => {
    const before = known
    // What ended before this window looked is in the list; only what ends now is news.
    const fresh = before === null ? [] : next.filter((row) => row.endedAt !== null && isNews(before.get(row.id)))
    known = new Map(next.map((row) => [row.id, row]))
    rows.value = next
    if (fresh.length) endings.value = [...endings.value, ...fresh]
  }
  const load = async (): Promise<void> => {
    if (!following) on('jobs', (pushed) => take(pushed.rows))
    following = true
    take((await api.jobs.list({})).rows)
  }
  /** Each ending is told once. */
  const told = (): readonly JobRow[] => {
    const all = endings.value
    endings.value = []
    return all
  }
  const running = computed(() => rows.value.filter(({ state }) => isOpenJob(state)).length)
  const unseen = computed(() => rows.value.filter(({ state, seen }) => !isOpenJob(state) && !seen).length)
  const failed = computed(() => rows.value.some(({ state, seen }) => !seen && (state === 'failed' || state === 'interrupted')))
  return { rows, endings, running, unseen, failed, load, told }
})

const isNews = (before: JobRow | undefined): boolean => before === undefined || before.endedAt === null
