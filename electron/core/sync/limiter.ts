/** Lets a fixed number of requests through at a time; the urgent ones wait in front. */
export interface Limiter {
  run<T>(work: () => Promise<T>, urgent?: boolean): Promise<T>
}

export const createLimiter = (slots: number): Limiter => {
  const waiting: (() => void)[] = []
  let free = slots
  const enter = (urgent: boolean): Promise<void> => {
    if (free > 0) {
      free--
      return Promise.resolve()
    }
    return new Promise((resolve) => {
      if (urgent) waiting.unshift(resolve)
      else waiting.push(resolve)
    })
  }
  /** The slot goes straight to the next one that waits. */
  const leave = (): void => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
  return {
    run: async (work, urgent = false) => {
      await enter(urgent)
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
