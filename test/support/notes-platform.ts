import type { Note } from '../../shared/domain/entities'
import { AppError } from '../../shared/errors'
import type { Clock } from '../../electron/core/clock'
import type { PlatformAdapter } from '../../electron/core/platforms/port/core'
import type { NoteDraft, NoteWrites } from '../../electron/core/platforms/port/writes'

/** What happens to the next write: lost on the way there, or the answer lost on the way back. */
export type Fate =
  | 'ok'
  | 'refused'
  | 'lost-request'
  | 'lost-answer'
  | 'error-after'
  | 'error-before'
  | 'rejected'
  | 'slow'
  | 'slow-request'
  | 'locked'
  | 'rate-limited'
  | 'wordy'

export interface NotesPlatform {
  adapter: PlatformAdapter & { notes: NoteWrites }
  notes: Map<string, Note>
  /** One fate a request, reads included when they say so; then all is well. */
  fates: Fate[]
  readFates: ('ok' | 'refused' | 'unauthorized' | 'not-found')[]
  /** What this platform makes of a text. */
  alter: (text: string) => string
  /** With the fate `rate-limited`. */
  retryAfterMs: number
  writes: number
  /** A colleague changes a note behind our back. */
  edit(id: string, change: Partial<Note>): void
  add(note: Partial<Note> & Pick<Note, 'clientId' | 'text'>): Note
}

/** A request takes its time: whatever else can happen may happen in between. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const notOffered = (): never => {
  throw new AppError('not-offered', 'not in this test')
}

/** A platform in memory that keeps notes and mistreats requests as told. It handles every request that reaches it at once. */
export const createNotesPlatform = (clock: Clock, accountId = 'me'): NotesPlatform => {
  const notes = new Map<string, Note>()
  const fates: Fate[] = []
  const readFates: NotesPlatform['readFates'] = []
  let ids = 0
  let latest = 0
  /** The platform's own time: a hand on our clock does not turn it back. */
  const now = (): number => (latest = Math.max(latest + 1, clock.now()))
  const add: NotesPlatform['add'] = (note) => {
    const made: Note = {
      id: `n${String(++ids)}`,
      extra: {},
      createdAt: now(),
      modifiedAt: now(),
      authorId: accountId,
      authorName: 'Me',
      alertAt: null,
      confirmed: false,
      system: false,
      ...note,
    }
    notes.set(made.id, made)
    return made
  }
  const platform: NotesPlatform = {
    notes,
    fates,
    readFates,
    writes: 0,
    alter: (text) => text.trim(),
    retryAfterMs: 3_600_000,
    add,
    edit: (id, change) => {
      const note = notes.get(id)
      if (note) notes.set(id, { ...note, ...change, modifiedAt: now() })
    },
    adapter: {
      probe: notOffered,
      ping: () => Promise.resolve({ at: clock.now() }),
      page: notOffered,
      close: () => undefined,
      notes: {
        create: (draft, signal) => write(signal, () => add({ ...draft, text: platform.alter(draft.text) })),
        update: (id, draft, signal) => write(signal, () => change(id, draft, {})),
        confirm: (id, draft, signal) => write(signal, () => change(id, draft, { confirmed: true })),
        remove: async (id, signal) => {
          await write(signal, () => {
            const note = notes.get(id)
            if (!note) throw new AppError('not-found', 'no such note')
            notes.delete(id)
            return note
          })
        },
        ofClient: async (clientId) => {
          const fate = readFates.shift() ?? 'ok'
          await turn()
          if (fate !== 'ok') throw new AppError(fate, `read ${fate}`)
          const found = [...notes.values()].filter((note) => note.clientId === clientId).reverse()
          await turn()
          return found
        },
      },
    },
  }
  const change = (id: string, draft: NoteDraft, more: Partial<Note>): Note => {
    if (!notes.has(id)) throw new AppError('not-found', 'no such note')
    platform.edit(id, { text: platform.alter(draft.text), alertAt: draft.alertAt, ...more })
    return notes.get(id) as Note
  }
  const write = async (signal: AbortSignal, work: () => Note): Promise<Note> => {
    platform.writes++
    const fate = fates.shift() ?? 'ok'
    await turn()
    switch (fate) {
      case 'refused':
        throw new AppError('refused', 'nothing listens')
      case 'locked':
        throw new AppError('locked', 'object locked')
      case 'rate-limited':
        throw new AppError('rate-limited', 'too many', { retryAfterMs: platform.retryAfterMs })
      case 'wordy':
        throw new AppError('rejected', 'no', { texts: ['x'.repeat(300 * 1024)], fields: { text: ['y'.repeat(300 * 1024)] } })
      case 'rejected':
        throw new AppError('rejected', 'no', { fields: { text: ['bad'] } })
      case 'lost-request':
        throw new AppError('offline', 'cut off', { sent: true })
      case 'error-before':
        throw new AppError('platform-error', '500')
      case 'lost-answer':
        work()
        await turn()
        throw new AppError('timeout', 'no answer')
      case 'error-after':
        work()
        throw new AppError('platform-error', '502')
      case 'slow':
        work()
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(AppError.from(signal.reason))
          })
        })
      case 'slow-request':
        // Given up by us at its timeout; carried out by the platform a few seconds after that.
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(AppError.from(signal.reason))
            clock.after(4000, work)
          })
        })
      case 'ok': {
        const note = work()
        await turn()
        return note
      }
    }
  }
  return platform
}
