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
export const readWindows = async <A extends Answer>(
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
