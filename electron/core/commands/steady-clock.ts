import type { Clock } from '../clock'

/**
 * The moment by which commands wait: the machine's clock as it was at the start, moved on by the time that has passed. A
 * hand on the clock neither holds a command back for a day nor lets it go early. The file keeps these moments for the next
 * start, which bounds each wait by its length (`recoverCommands`).
 */
export interface SteadyClock {
  now(): number
  /** Such a moment by the machine's clock as it is now, to be shown. */
  shown(at: number): number
}

export const createSteadyClock = (clock: Clock): SteadyClock => {
  const began = Math.floor(clock.now() - clock.elapsed())
  const now = (): number => began + Math.floor(clock.elapsed())
  return { now, shown: (at) => Math.round(clock.now() + (at - now())) }
}
