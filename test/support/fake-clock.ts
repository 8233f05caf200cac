import type { Clock } from '../../electron/core/clock'

export interface FakeClock extends Clock {
  /** Moves time forward, running every timer at its moment and letting promises settle in between. */
  pass(ms: number): Promise<void>
}

const settle = async (): Promise<void> => {
  for (let round = 0; round < 12; round++) await new Promise((resolve) => setImmediate(resolve))
}

export const fakeClock = (start = Date.parse('2026-03-02T09:00:00Z')): FakeClock => {
  let now = start
  let next = 0
  const timers = new Map<number, { at: number; run: () => void }>()
  const due = (until: number): [number, { at: number; run: () => void }] | undefined =>
    [...timers].filter(([, { at }]) => at <= until).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0]
  return {
    now: () => now,
    after: (ms, run) => {
      const id = next++
      timers.set(id, { at: now + ms, run })
      return () => {
        timers.delete(id)
      }
    },
    pass: async (ms) => {
      const until = now + ms
      await settle()
      for (let timer = due(until); timer; timer = due(until)) {
        timers.delete(timer[0])
        now = Math.max(now, timer[1].at)
        timer[1].run()
        await settle()
      }
      now = until
    },
  }
}
