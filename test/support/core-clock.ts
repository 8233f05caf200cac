import type { Clock } from '../../electron/core/clock'

/** Time that a test owns. `advance` runs what falls due on the way, each at its own moment, letting promises settle between. */
export interface TestClock extends Clock {
  advance(ms: number): Promise<void>
  /** Sets the clock without running anything: a sleep, or a hand on the clock. Timers go by what has passed, as the system's do. */
  jump(ms: number): void
  /** Lets everything that is due now run. */
  settle(): Promise<void>
}

export const createTestClock = (start = Date.UTC(2026, 2, 10, 9)): TestClock => {
  let wall = start
  let passed = 0
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
      passed = Math.max(passed, at)
      work()
      await turns()
    }
  }
  return {
    now: () => wall + passed,
    elapsed: () => passed,
    after: (ms, work) => {
      const id = ++order
      timers.set(id, { at: passed + ms, work })
      return () => void timers.delete(id)
    },
    advance: async (ms) => {
      const until = passed + ms
      await turns()
      await runDue(until)
      passed = until
      await turns()
    },
    jump: (ms) => {
      wall += ms
    },
    settle: () => turns(),
  }
}
