import { expect, it } from 'vitest'
import { createAlertScheduler } from '../../electron/core/features/alerts/scheduler'

it('an alert scheduler that has ended looks at nothing, whoever asks', () => {
  let looks = 0
  const timers = new Set<() => void>()
  const scheduler = createAlertScheduler({
    reader: {
      open: () => {
        looks++
        return []
      },
    },
    clock: {
      now: () => 0,
      after: (_ms: number, run: () => void) => {
        timers.add(run)
        return () => timers.delete(run)
      },
    },
    tells: () => ({ own: true, colleagues: true }),
    since: () => 0,
    notify: () => undefined,
    counted: () => undefined,
    tray: () => undefined,
  } as unknown as Parameters<typeof createAlertScheduler>[0])
  scheduler.check()
  expect([looks, timers.size]).toEqual([1, 1])
  scheduler.stop()
  scheduler.check()
  expect([looks, timers.size]).toEqual([1, 0])
})
