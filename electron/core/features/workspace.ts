import type { EventName } from '@shared/ipc/channels'
import type { EventPayload } from '@shared/ipc/events'
import type { AskName, Asks } from '@shared/ipc/host-protocol'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Db } from '../store/sql'

export type Emit = <E extends EventName>(name: E, payload: EventPayload<E>) => void
export type Ask = <N extends AskName>(name: N, input: Asks[N]['input']) => Promise<Asks[N]['output']>

/** What every feature is handed: the two files, time, chance, and the ways out of the core. */
export interface Workspace {
  cache: Db
  local: Db
  clock: Clock
  /** 0 ≤ x < 1. */
  random: () => number
  newId: () => string
  emit: Emit
  ask: Ask
  /** What went wrong and is told to nobody else. */
  log: Log
}
