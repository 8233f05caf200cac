import type { NoteRow } from '@shared/ipc/notes'
import type { Command } from '../../store/local/outbox'
import type { LocalNote } from '../../store/local/local-notes'
import type { RemoteNote } from '../../store/read/notes'
import { sameNatural } from '../../sync/natural-key'

export interface OverlayInput {
  connectionId: string
  remote: readonly RemoteNote[]
  /** Open commands in their order. */
  commands: readonly Command[]
  local: readonly LocalNote[]
  /** Platform's id → our own name, for notes that were made here. */
  identities: ReadonlyMap<string, string>
  account: { id: string | null; name: string | null }
  clientName: (clientId: string) => string
}

/** What a person sees: the platform's notes, with everything on its way to it laid over. */
export const overlayNotes = (input: OverlayInput): NoteRow[] => {
  const byUid = Map.groupBy(input.commands, (command) => command.noteUid)
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
      !shown.has(it.noteUid) &&
      (it.state === 'sending' || it.state === 'unknown') &&
      it.clientId === note.clientId &&
      it.known?.includes(note.id) === false &&
      sameNatural(it.mine, note),
  )
  return command?.noteUid ?? null
}

const remoteRow = (note: RemoteNote, uid: string, { account }: OverlayInput): NoteRow => ({
  ...note,
  uid,
  own: uid !== note.id || (account.id !== null && note.authorId === account.id),
  pending: null,
})

const createdRow = (command: Command, { account, clientName, connectionId }: OverlayInput): NoteRow => ({
  connectionId,
  id: command.noteUid,
  uid: command.noteUid,
  clientId: command.clientId,
  clientName: clientName(command.clientId),
  createdAt: command.createdAt,
  authorId: account.id,
  authorName: account.name,
  own: true,
  ...command.mine,
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

const kinds = { 'note.create': 'create', 'note.update': 'update', 'note.confirm': 'confirm' } as const

/**
 * The last thing typed is what is read; the first command is the one that everything waits for. A confirmation that was
 * refused has confirmed nothing: the note still alerts.
 */
const withCommands = (row: NoteRow, commands: readonly Command[]): NoteRow => {
  const [first] = commands
  const last = commands.at(-1)
  if (!first || !last || first.state === 'done' || first.state === 'dropped') return row
  const confirmed = last.kind === 'note.confirm' && last.state === 'rejected' ? row.confirmed : last.mine.confirmed
  return {
    ...row,
    ...last.mine,
    confirmed,
    pending: { state: first.state, kind: kinds[first.kind], commandId: first.id, error: first.error },
  }
}
