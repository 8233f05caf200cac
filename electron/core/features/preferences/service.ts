import type { Preferences } from '@shared/ipc/preferences'
import { readPreferences, writePreferences } from '../../store/local/preferences'
import type { Workspace } from '../workspace'

export interface PreferencesService {
  get(): Preferences
  set(change: Partial<Preferences>): Preferences
  /** Told after each change, with what is in force now and what was before. */
  onChange(listener: (now: Preferences, before: Preferences) => void): void
}

/** Preferences are read once and kept: every sync and alert asks for them. */
export const createPreferences = ({ local, emit }: Workspace): PreferencesService => {
  const listeners: ((now: Preferences, before: Preferences) => void)[] = []
  let current = readPreferences(local)
  return {
    get: () => current,
    set: (change) => {
      const before = current
      writePreferences(local, change)
      current = readPreferences(local)
      emit('preferences', current)
      for (const listener of listeners) listener(current, before)
      return current
    },
    onChange: (listener) => listeners.push(listener),
  }
}
