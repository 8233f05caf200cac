import { AppError } from '@shared/errors'
import type { Clock } from '../clock'

export interface TokenCheck {
  /** Somebody was answered that the token is not accepted. */
  doubt(): void
  stop(): void
}

const AGAIN_MS = 1_000

/** One refusal among good answers is a slip of the platform's: the token is believed to be refused when the account itself says so, twice. */
export const createTokenCheck = (options: {
  clock: Clock
  /** Asks for the own account; rejects with `unauthorized` when the token is not accepted. */
  ask: (signal: AbortSignal) => Promise<unknown>
  onRefused: () => void
}): TokenCheck => {
  let asking: AbortController | null = null
  let cancel: () => void = () => undefined

  const refused = async (signal: AbortSignal): Promise<boolean> => {
    try {
      await options.ask(signal)
      return false
    } catch (thrown) {
      return AppError.from(thrown).code === 'unauthorized'
    }
  }
  const check = async (signal: AbortSignal, left: number): Promise<void> => {
    const bad = await refused(signal)
    if (signal.aborted) return
    if (bad && left > 0) {
      cancel = options.clock.after(AGAIN_MS, () => void check(signal, left - 1))
      return
    }
    asking = null
    if (bad) options.onRefused()
  }
  return {
    doubt: () => {
      if (asking !== null) return
      asking = new AbortController()
      void check(asking.signal, 1)
    },
    stop: () => {
      cancel()
      asking?.abort()
      asking = null
    },
  }
}
