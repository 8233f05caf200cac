import type { Clock } from '../clock'
import type { Command } from '../store/local/outbox'

/** How long commands still wait, by time that has passed: a hand on the clock neither holds one back for a day nor lets it go early. */
export interface DueTimes {
  /** Milliseconds until the next try; 0 = now. */
  waitMs(command: Command): number
  /** The platform may be at this command's last request for so long. */
  settles(id: string, ms: number): void
  /** Milliseconds until the platform is taken to be done with a request of unknown outcome; 0 = it is. */
  settlesInMs(command: Command): number
  forget(id: string): void
}

const within = (ms: number, most: number): number => Math.max(0, Math.min(ms, most))

/** The file keeps moments, for the next start; `settleMs` is what is waited for a request of an earlier run. */
export const createDueTimes = ({ clock, settleMs }: { clock: Clock; settleMs: number }): DueTimes => {
  const waits = new Map<string, { nextAt: number; end: number }>()
  const settling = new Map<string, number>()
  const left = (end: number): number => Math.max(0, end - clock.elapsed())
  return {
    waitMs: (command) => {
      const { id, nextAt, updatedAt } = command
      if (nextAt === null) {
        waits.delete(id)
        return 0
      }
      const known = waits.get(id)
      if (known?.nextAt === nextAt) return left(known.end)
      // Never longer than it was meant to be when it was written, whatever the clock says now.
      const end = clock.elapsed() + within(nextAt - clock.now(), nextAt - updatedAt)
      waits.set(id, { nextAt, end })
      return left(end)
    },
    settles: (id, ms) => {
      settling.set(id, clock.elapsed() + ms)
    },
    settlesInMs: ({ id, state, lastSentAt }) => {
      if (state !== 'unknown' || lastSentAt === null) return 0
      const known = settling.get(id)
      if (known !== undefined) return left(known)
      const ms = within(lastSentAt + settleMs - clock.now(), settleMs)
      settling.set(id, clock.elapsed() + ms)
      return ms
    },
    forget: (id) => {
      waits.delete(id)
      settling.delete(id)
    },
  }
}
