import type { Dataset } from '@shared/domain/datasets'
import { ref } from 'vue'
import { useQuery, type Query } from './use-query'

/** Rows that one call may give. */
const WINDOW = 200

interface Answer {
  rows: unknown[]
  total: number
}

/**
 * Reads the first `wanted` rows of a list, window by window. An answer may hold fewer rows than were asked for, because
 * no message is large; the next window begins where it ended.
 */
const readWindows = async <A extends Answer>(
  ask: (window: { offset: number; limit: number }) => Promise<A>,
  wanted: number,
): Promise<A> => {
  const rows: A['rows'] = []
  for (;;) {
    const answer = await ask({ offset: rows.length, limit: Math.min(WINDOW, Math.max(1, wanted - rows.length)) })
    rows.push(...answer.rows)
    if (answer.rows.length === 0 || rows.length >= Math.min(wanted, answer.total)) return { ...answer, rows }
  }
}

/** A list of which the first rows are shown, and `more` of them when asked for. */
export const useWindows = <I extends object, A extends Answer>(options: {
  input: () => I
  load: (input: I & { offset: number; limit: number }) => Promise<A>
  follow: readonly Dataset[]
  connectionId?: () => string
}): { query: Query<A>; more: () => void } => {
  const { input, load, ...follow } = options
  const wanted = ref(WINDOW)
  const query = useQuery({
    input: () => ({ asked: input(), wanted: wanted.value }),
    load: ({ asked, wanted: rows }) => readWindows((window) => load({ ...asked, ...window }), rows),
    ...follow,
  })
  return { query, more: () => void (wanted.value += WINDOW) }
}
