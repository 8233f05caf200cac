import type Database from 'better-sqlite3'

interface Seen {
  text: string
  ms: number
}

/** Listens to every statement of every database in this process; gives what each call took. */
export const listenToQueries = (db: Database.Database): { take: () => Seen[]; end: () => void } => {
  const prototype = Object.getPrototypeOf(db.prepare('SELECT 1')) as Record<string, (...args: unknown[]) => unknown>
  const kept = { all: prototype['all'], get: prototype['get'], run: prototype['run'] }
  let seen: Seen[] = []
  for (const [name, original] of Object.entries(kept))
    prototype[name] = function (this: Database.Statement, ...args: unknown[]): unknown {
      const from = performance.now()
      const answer = original?.apply(this, args)
      seen.push({ text: this.source, ms: performance.now() - from })
      return answer
    }
  return {
    take: () => {
      const taken = seen
      seen = []
      return taken
    },
    end: () => void Object.assign(prototype, kept),
  }
}
