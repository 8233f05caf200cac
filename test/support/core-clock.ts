import type { Clock } from '../../electron/core/clock'

/** Time that a test owns. `advance` runs what falls due on the way, each at its own moment, letting promises settle between. */
export interface TestClock extends Clock {
  advance(ms: number): Promise<void>
  /** Sets the clock without running anything: a sleep, or a hand on the clock. */
  jump(ms: number): void
  /** Lets everything that is due now run. */
  settle(): Promise<void>
}

export const createTestClock = (start = Date.UTC(2026, 2, 10, 9)): TestClock => {
  let now = start
  let order = 0
  const timers = new Map<number, { at: number; work: () => void }>()
  const turns = async (count = 12): Promise<void> => {
    for (let turn = 0; turn < count; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
  }
  const runDue = async (until: number): Promise<void> => {
    for (;;) {
      const due = [...timers].filter(([, timer]) => timer.at <= until).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0]
      if (!due) return
      const [id, { at, work }] = due
      timers.delete(id)
      now = Math.max(now, at)
      work()
      await turns()
    }
  }
  return {
    now: () => now,
    after: (ms, work) => {
      const id = ++order
      timers.set(id, { at: now + ms, work })
      return () => void timers.delete(id)
    },
    advance: async (ms) => {
      const until = now + ms
      await turns()
      await runDue(until)
      now = until
      await turns()
    },
    jump: (ms) => {
      now += ms
    },
    settle: () => turns(),
  }
}
