import { sameNatural } from '@shared/domain/note-rules'
import type { NoteRow } from '@shared/ipc/notes'
import { clientOf, type NoteCommand } from '../../commands/kinds/note'
import type { LocalNote } from '../../store/local/local-notes'
import type { RemoteNote } from '../../store/read/notes'

export interface OverlayInput {
  connectionId: string
  remote: readonly RemoteNote[]
  /** Open commands in their order. */
  commands: readonly NoteCommand[]
  local: readonly LocalNote[]
  /** Platform's id → our own name, for notes that were made here. */
  identities: ReadonlyMap<string, string>
  account: { id: string | null; name: string | null }
  clientName: (clientId: string) => string
}

/** What a person sees: the platform's notes, with everything on its way to it laid over. */
export const overlayNotes = (input: OverlayInput): NoteRow[] => {
  const byUid = Map.groupBy(input.commands, ({ subject }) => subject.uid)
  const shown = new Set<string>()
  const remote = input.remote.map((note) => {
    const uid = input.identities.get(note.id) ?? twinOf(note, input, shown) ?? note.id
    shown.add(uid)
    return withCommands(remoteRow(note, uid, input), byUid.get(uid) ?? [])
  })
  const created = [...byUid].flatMap(([uid, commands]) => {
    const first = commands[0]
    return first?.kind === 'note.create' && !shown.has(uid) ? [withCommands(createdRow(first, input), commands)] : []
  })
  return [...created.reverse(), ...input.local.map((note) => localRow(note, input)), ...remote]
}

/**
 * A pull can bring a note before its answer was stored: while its command is on its way, a new note of ours with the
 * same text and moment is that note, not a second one. Of several that could be it, only one is.
 */
const twinOf = (note: RemoteNote, { commands, account }: OverlayInput, shown: ReadonlySet<string>): string | null => {
  if (note.system || (note.authorId !== null && account.id !== null && note.authorId !== account.id)) return null
  const command = commands.find(
    (it) =>
      it.kind === 'note.create' &&
      !shown.has(it.subject.uid) &&
      (it.state === 'sending' || it.state === 'unknown') &&
      it.clientId === note.clientId &&
      isNew(it, note.id) &&
      sameNatural(it.payload, note),
  )
  return command?.subject.uid ?? null
}

/** Not among the notes that were there before the first send. */
const isNew = ({ evidence }: NoteCommand, noteId: string): boolean => Array.isArray(evidence) && !evidence.includes(noteId)

const remoteRow = (note: RemoteNote, uid: string, { account }: OverlayInput): NoteRow => ({
  ...note,
  uid,
  own: uid !== note.id || (account.id !== null && note.authorId === account.id),
  pending: null,
})

const createdRow = (command: NoteCommand, { account, clientName, connectionId }: OverlayInput): NoteRow => ({
  connectionId,
  id: command.subject.uid,
  uid: command.subject.uid,
  clientId: clientOf(command),
  clientName: clientName(clientOf(command)),
  createdAt: command.createdAt,
  authorId: account.id,
  authorName: account.name,
  own: true,
  ...command.payload,
  system: false,
  pending: null,
})

const localRow = (note: LocalNote, { account, clientName, connectionId }: OverlayInput): NoteRow => ({
  connectionId,
  id: note.uid,
  uid: note.uid,
  clientId: note.clientId,
  clientName: clientName(note.clientId),
  createdAt: note.createdAt,
  authorId: account.id,
  authorName: account.name,
  own: true,
  text: note.text,
  alertAt: note.alertAt,
  confirmed: note.confirmed,
  system: false,
  pending: null,
})

const kinds: Readonly<Record<string, NonNullable<NoteRow['pending']>['kind']>> = {
  'note.create': 'create',
  'note.update': 'update',
  'note.confirm': 'confirm',
  'note.delete': 'delete',
}

/**
 * The last thing typed is what is read; the first command is the one that everything waits for. A confirmation that was
 * refused has confirmed nothing: the note still alerts.
 */
const withCommands = (row: NoteRow, commands: readonly NoteCommand[]): NoteRow => {
  const [first] = commands
  const last = commands.at(-1)
  if (!first || !last || first.state === 'done' || first.state === 'dropped') return row
  const kind = kinds[first.kind]
  if (!kind) return row
  const confirmed = last.kind === 'note.confirm' && last.state === 'rejected' ? row.confirmed : last.payload.confirmed
  return {
    ...row,
    ...last.payload,
    confirmed,
    pending: { state: first.state, kind, commandId: first.id, error: first.error },
  }
}
