import { AppError } from '@shared/errors'
import type { Command } from '../store/local/commands'
import type { About, CommandKind, CommandKinds } from './kind'

export const createKinds = (kinds: readonly CommandKind[]): CommandKinds => {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]))
  if (byName.size !== kinds.length) throw new AppError('internal', 'two kinds of command have the same name')
  return {
    find: (name) => byName.get(name),
    get: (name) => {
      const found = byName.get(name)
      if (!found) throw new AppError('not-offered', `no such kind of command: ${name}`)
      return found
    },
    all: () => kinds,
  }
}

/** By what the queue orders a command: what it may not be under way with, and what it could be taken for. */
export const keysOf = (kind: CommandKind, about: About, payload: unknown): Pick<Command, 'mutex' | 'holdKey'> => ({
  mutex: kind.mutex?.(about) ?? `${about.subject.dataset} ${about.subject.uid}`,
  holdKey: kind.holdKey?.(payload, about) ?? null,
})
