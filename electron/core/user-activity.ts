import type { Clock } from './clock'

/** Tells whether a person is using the program right now: background work waits for them. */
export interface UserActivity {
  /** A page made a call. Only a call with a new input counts as a person's; the same one again is a view that refreshes itself. */
  record(what: string, input: unknown): void
  /** Resolves when there was no call of a person for a moment, and always after a while; at once when the work is stopped. */
  whenIdle(signal: AbortSignal): Promise<void>
}

/** The call that a page makes once, when it starts. */
const WINDOW_OPENS = 'preferences.get'
/** Longer than between two keys of somebody who types, and than a window takes to open. */
const MOMENT_MS = 300
/** Background work goes on even beside somebody who never stops. */
const LONGEST_MS = 400
const MOST_REMEMBERED = 100

export const createUserActivity = (clock: Clock): UserActivity => {
  const last = new Map<string, string>()
  let until = Number.NEGATIVE_INFINITY
  return {
    record: (what, input) => {
      const now = JSON.stringify(input)
      if (last.get(what) === now && what !== WINDOW_OPENS) return
      if (last.size > MOST_REMEMBERED) last.clear()
      last.set(what, now)
      until = clock.now() + MOMENT_MS
    },
    whenIdle: async (signal) => {
      const latest = clock.now() + LONGEST_MS
      for (let left = until - clock.now(); left > 0 && clock.now() < latest && !signal.aborted; left = until - clock.now())
        await pause(clock, left, signal)
    },
  }
}

/** Waits, or ends early when the work is stopped. */
export const pause = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const end = (): void => {
      cancel()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const cancel = clock.after(ms, end)
    signal.addEventListener('abort', end)
  })
