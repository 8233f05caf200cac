import type { Command } from '../store/local/commands'
import type { CommandKind } from './kind'

/** How what the platform shows relates to a command about it. */
export type Comparison = 'as-base' | 'as-mine' | 'changed'

/**
 * Three versions meet: what the person saw, what was typed, and what the platform has now. What someone else brought to
 * the same state needs nothing more; what went anywhere else is a conflict for the person.
 */
export const compare = <P, S>(
  kind: Pick<CommandKind<P, S>, 'expected' | 'same'>,
  { payload, base }: Pick<Command<P, S>, 'payload' | 'base'>,
  present: S,
): Comparison => {
  if (kind.same(present, kind.expected(payload, base))) return 'as-mine'
  return base !== null && kind.same(present, base) ? 'as-base' : 'changed'
}
