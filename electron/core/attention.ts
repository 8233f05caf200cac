import type { Clock } from './clock'

/** Whether a person is at it right now: work that has all day steps aside for them. */
export interface Attention {
  /** A page asked for something. Only what it did not ask the last time too is a person's doing; the rest is a view that keeps itself fresh. */
  asked(what: string, input: unknown): void
  /** Resolves when nobody has asked for a moment, and always after a while; at once when the work is stopped. */
  quiet(signal: AbortSignal): Promise<void>
}

/** What a page asks once, when it starts. */
const WINDOW_OPENS = 'preferences.get'
/** Longer than between two keys of somebody who types, and than a window takes to open. */
const MOMENT_MS = 300
/** The background goes on even beside somebody who never stops. */
const LONGEST_MS = 400
const MOST_REMEMBERED = 100

export const createAttention = (clock: Clock): Attention => {
  const last = new Map<string, string>()
  let until = Number.NEGATIVE_INFINITY
  return {
    asked: (what, input) => {
      const now = JSON.stringify(input)
      if (last.get(what) === now && what !== WINDOW_OPENS) return
      if (last.size > MOST_REMEMBERED) last.clear()
      last.set(what, now)
      until = clock.now() + MOMENT_MS
    },
    quiet: async (signal) => {
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
