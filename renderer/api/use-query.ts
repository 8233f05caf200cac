import type { Dataset } from '@shared/domain/datasets'
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { ApiError, on } from './client'

export interface QueryOptions<I> {
  /** What to ask for; null = nothing to ask yet. A change asks again. */
  input: () => I | null
  load: (input: I) => Promise<unknown>
  /** An answer that is here already: shown with the first picture, not after it. */
  known?: (input: I) => unknown
  /** Datasets whose changes make the answer old. */
  follow?: readonly Dataset[]
  /** Of these only changes of this connection count. */
  connectionId?: () => string | null
}
export interface Query<T> {
  /** The last answer: kept while a newer one is being read. */
  data: ShallowRef<T | null>
  error: ShallowRef<ApiError | null>
  loading: Ref<boolean>
  /** True when an answer takes longer than 200 ms: the moment for a skeleton. */
  slow: Ref<boolean>
  reload: () => Promise<void>
}

const SLOW_AFTER = 200
const GATHER = 150

/** Loads once, then follows `changed` events. Answers that arrive out of order are dropped. */
export const useQuery = <I, T>(
  options: QueryOptions<I> & { load: (input: I) => Promise<T>; known?: (input: I) => T | undefined },
): Query<T> => {
  const data = shallowRef<T | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const loading = ref(false)
  const slow = ref(false)
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const settle = (): void => {
    clearTimeout(timer)
    timer = undefined
    loading.value = slow.value = false
  }
  const reload = async (): Promise<void> => {
    const input = options.input()
    const mine = ++turn
    if (input === null) return settle()
    const known = options.known?.(input)
    if (known !== undefined) {
      data.value = known
      error.value = null
      return settle()
    }
    loading.value = true
    timer ??= setTimeout(() => (slow.value = true), SLOW_AFTER)
    try {
      const answer = await options.load(input)
      if (mine !== turn) return
      data.value = answer
      error.value = null
    } catch (thrown) {
      if (mine !== turn) return
      error.value = ApiError.from(thrown)
    }
    settle()
  }

  watch(
    () => JSON.stringify(options.input()),
    () => void reload(),
    { immediate: true },
  )
  if (options.follow) followChanges(options.follow, () => void reload(), options.connectionId)
  onScopeDispose(() => {
    turn++
    clearTimeout(timer)
  })
  return { data, error, loading, slow, reload }
}

/** Calls back, at most every 150 ms, when rows of these datasets changed. Ends with the component. */
export const followChanges = (datasets: readonly Dataset[], changed: () => void, connectionId?: () => string | null): void => {
  let waiting: ReturnType<typeof setTimeout> | undefined
  const end = on('changed', (event) => {
    const only = connectionId?.() ?? null
    if (only !== null && event.connectionId !== only) return
    if (!event.datasets.some((dataset) => datasets.includes(dataset))) return
    waiting ??= setTimeout(() => {
      waiting = undefined
      changed()
    }, GATHER)
  })
  onScopeDispose(() => {
    end()
    clearTimeout(waiting)
  })
}
