/** Time as the core sees it. Injected everywhere, so that tests own it. */
export interface Clock {
  /** UTC, milliseconds. A hand on the machine's clock moves it either way. */
  now(): number
  /** Whole milliseconds that have passed since some moment; no hand on the clock moves it. For how long something has taken or must wait. */
  elapsed(): number
  /** Runs once after a delay; the answer cancels it. */
  after(ms: number, run: () => void): () => void
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => Math.floor(performance.now()),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => {
      clearTimeout(timer)
    }
  },
}
