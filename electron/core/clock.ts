/** Time as the core sees it. Injected everywhere, so that tests own it. */
export interface Clock {
  /** UTC, milliseconds. */
  now(): number
  /** Runs once after a delay; the answer cancels it. */
  after(ms: number, run: () => void): () => void
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => {
      clearTimeout(timer)
    }
  },
}
