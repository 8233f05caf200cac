import { formatPlatformTime } from '@shared/domain/time'
import type { Note } from '@shared/domain/entities'
import { AppError } from '@shared/errors'
import type { Transport } from '../http'
import type { NoteDraft, NoteWrites } from '../port/writes'
import { notePaths, type Lists } from './api'
import { inferredMappers } from './map-inferred'
import { isRefusal } from './ports'
import type { RustackProfile } from './profile'
import { mappedRows, readOwned, unreadable } from './rows'

interface NotesOptions {
  transport: Transport
  lists: Lists
  profile: RustackProfile
  zone: number
}

/** Notes by the paths and names of the profile. */
export const createNotes = ({ transport, lists, profile, zone }: NotesOptions): NoteWrites => {
  const names = profile.fields.note
  const paths = notePaths(profile)
  const { note: mapperOf } = inferredMappers(profile)

  const bodyOf = ({ text, alertAt }: NoteDraft) => ({
    [names.text]: text,
    [names.alertAt]: alertAt === null ? null : formatPlatformTime(alertAt, zone).slice(0, 16),
  })
  const noteFrom = (json: unknown, clientId: string): Note => {
    const rows = mappedRows([json], mapperOf(clientId), zone)
    const [note] = rows.items
    if (note === undefined) throw unreadable(rows)
    return note
  }

  const ofClient: NoteWrites['ofClient'] = async (clientId, signal) => {
    const list = { dataset: 'notes' as const, path: paths.ofClient(clientId), query: {}, signal, urgent: true }
    const rows = await readOwned(list, { lists, zone, mapper: mapperOf(clientId) })
    // A note is told from another by these two: where one of them is not known, nothing is proved.
    const telling: (string | null)[] = [names.text, names.alertAt]
    if (rows.partial.some(({ field }) => telling.includes(field))) throw unreadable({ unreadable: rows.partial })
    return rows.items
  }

  /** The platform has confirmed it; that the note cannot be read back is no refusal. */
  const confirmed = async (id: string, clientId: string, signal: AbortSignal): Promise<Note> => {
    try {
      return noteFrom((await transport.send({ method: 'GET', path: paths.one(id), signal, urgent: true })).json, clientId)
    } catch (thrown) {
      const error = AppError.from(thrown)
      if (error.code === 'unauthorized' || error.code === 'cancelled') throw error
      const found = isRefusal(error) ? (await ofClient(clientId, signal).catch(() => [])).find((note) => note.id === id) : undefined
      if (found) return found
      throw new AppError('bad-answer', 'confirmed, but the note could not be read back', { reason: error.code })
    }
  }

  return {
    create: async (draft, signal) => {
      const answer = await transport.send({ method: 'POST', path: paths.ofClient(draft.clientId), body: bodyOf(draft), signal })
      return noteFrom(answer.json, draft.clientId)
    },
    update: async (id, draft, signal) => {
      const answer = await transport.send({ method: 'PUT', path: paths.one(id), body: bodyOf(draft), signal })
      return noteFrom(answer.json, draft.clientId)
    },
    confirm: async (id, { clientId }, signal) => {
      const answer = await transport.send({ method: 'POST', path: paths.confirm(id), body: {}, signal })
      // An action may answer with nothing: then the note itself tells.
      return answer.json === null ? confirmed(id, clientId, signal) : noteFrom(answer.json, clientId)
    },
    remove: async (id, signal) => {
      await transport.send({ method: 'DELETE', path: paths.one(id), signal })
    },
    ofClient,
  }
}
