import type { Churn } from './churn'

/** So many changes a second of real time; what could not be done in time is not made up for in one go. */
export interface Pace {
  rate(): number
  setRate(perSecond: number): void
  made(): number
  stop(): void
}

const STEP_MS = 50
const MOST_AT_ONCE = 50

export function paceOf(churn: Churn, setup: { rate: number; seed: number; realNow: () => number }): Pace {
  let { rate } = setup
  let [made, due, last] = [0, 0, setup.realNow()]
  const timer = setInterval(() => {
    const now = setup.realNow()
    due = Math.min(MOST_AT_ONCE, due + ((now - last) / 1000) * rate)
    last = now
    const count = Math.floor(due)
    due -= count
    if (count > 0) made += churn.change(count, setup.seed).length
  }, STEP_MS)
  timer.unref()
  return {
    rate: () => rate,
    made: () => made,
    setRate: (wanted) => {
      rate = wanted
      due = 0
    },
    stop: () => {
      clearInterval(timer)
    },
  }
}
