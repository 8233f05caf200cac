/** The pages that a walk has read, as far as it may have to go back. */
export interface CursorHistory {
  push(cursor: string | null): void
  /** The page so many before the next one; the first that is remembered where there are fewer. null: none is. */
  before(pages: number): { cursor: string | null; pages: number } | null
  /** Forgets the last so many: they are read again. */
  forget(pages: number): void
}

const LENGTH = 50

export const createCursorHistory = (): CursorHistory => {
  const cursors: (string | null)[] = []
  return {
    push: (cursor) => {
      cursors.push(cursor)
      if (cursors.length > LENGTH) cursors.shift()
    },
    before: (pages) => {
      const steps = Math.min(pages, cursors.length)
      return steps === 0 ? null : { cursor: cursors[cursors.length - steps] ?? null, pages: steps }
    },
    forget: (pages) => {
      cursors.splice(Math.max(0, cursors.length - pages))
    },
  }
}
