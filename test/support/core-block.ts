/** The longest time for which this thread did not come to what waited, while something else was going on. */
export const longestBlock = async <T>(work: () => Promise<T>): Promise<{ value: T; block: number; took: number }> => {
  let block = 0
  let last = performance.now()
  let cancelled = false
  const beat = (): void => {
    const now = performance.now()
    block = Math.max(block, now - last)
    last = now
    if (!cancelled) setTimeout(beat, 1)
  }
  const began = performance.now()
  beat()
  try {
    const value = await work()
    return { value, block: Math.max(block, performance.now() - last), took: performance.now() - began }
  } finally {
    cancelled = true
  }
}
