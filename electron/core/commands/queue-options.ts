import type { Clock } from '../clock'
import type { PlatformAdapter } from '../platforms/port/core'
import type { Command } from '../store/local/commands'
import type { Db } from '../store/sql'
import type { Commits, InOne } from './commits'
import type { CommandKinds } from './kind'
import type { Pace } from './pace'
import type { SteadyClock } from './steady-clock'

/** A connection that runs, while its platform answers. */
export interface Link {
  adapter: PlatformAdapter
  accountId: string | null
}
export interface QueueOptions {
  local: Db
  kinds: CommandKinds
  clock: Clock
  random: () => number
  link: (connectionId: string) => Link | null
  /** A command changed: what is read of its subject is read again. */
  onChanged: (command: Pick<Command, 'connectionId' | 'clientId' | 'subject' | 'batchId'>) => void
  onUnauthorized: (connectionId: string) => void
  /** A request is given up after this long… */
  requestTimeoutMs: number
  /** …and the platform is taken to be done with it after this long, or longer where it has been seen slow. */
  settleMs: number
  /** Something that ends no command, but that somebody should read about. */
  log: (what: string, error: unknown) => void
  /** Applies several answers to the cache in one commit. */
  inCache: InOne
  /** Lets the rest of the program run first. */
  soon: (work: () => void) => void
}
/** What the parts of a queue share. */
export interface QueueParts extends QueueOptions {
  steady: SteadyClock
  pace: Pace
  commits: Commits
  stopping: AbortSignal
}
