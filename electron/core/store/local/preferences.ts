import { defaultPreferences, Preferences } from '@shared/ipc/preferences'
import { all, inTransaction, run, sql, type Db } from '../sql'

/** What is stored, over the defaults. A value that this version does not understand falls back to its default. */
export const readPreferences = (local: Db): Preferences => {
  const stored: Record<string, unknown> = {}
  for (const row of all<{ key: string; value: string }>(local, sql`SELECT key, value FROM preference`)) stored[row.key] = parse(row.value)
  const read = { ...defaultPreferences }
  for (const key of Object.keys(defaultPreferences) as (keyof Preferences)[]) {
    const checked = Preferences.shape[key].safeParse(stored[key])
    if (checked.success) Object.assign(read, { [key]: checked.data })
  }
  return read
}

export const writePreferences = (local: Db, change: Partial<Preferences>): void => {
  inTransaction(local, () => {
    for (const [key, value] of Object.entries(change)) {
      run(local, sql`INSERT OR REPLACE INTO preference (key, value) VALUES (${key}, ${JSON.stringify(value)})`)
    }
  })
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
