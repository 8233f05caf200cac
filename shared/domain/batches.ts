import type { CommandState } from './commands'

/**
 * In which order the commands of a batch stand: what waits for a person; whose outcome is looked for; what is under way or
 * tried again; what waits for its turn; what is done; what was dropped.
 */
export const batchGroups = ['decide', 'unknown', 'work', 'waiting', 'done', 'dropped'] as const
export type BatchGroup = (typeof batchGroups)[number]

const groups: Record<CommandState, BatchGroup> = {
  ...{ rejected: 'decide', conflict: 'decide', blocked: 'decide' },
  ...{ unknown: 'unknown', sending: 'work', running: 'work', pending: 'waiting', done: 'done', dropped: 'dropped' },
}
/** `tried`: it could not go for the moment, and is tried again by itself. */
export const batchGroupOf = (state: CommandState, tried: boolean): BatchGroup => (state === 'pending' && tried ? 'work' : groups[state])
