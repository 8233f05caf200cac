import type { Note } from '@shared/domain/entities'
import type { AppErrorData } from '@shared/errors'
import type { PendingState } from '@shared/ipc/notes'
import { value } from '../read/query'
import { acknowledge, all, get, run, sql, type Db, type Query } from '../sql'
import { cutAnswer, cutError } from './cut'

export interface NoteFields {
  text: string
  alertAt: number | null
  confirmed: boolean
}
export type CommandKind = 'note.create' | 'note.update' | 'note.confirm'
export type CommandState = PendingState | 'done' | 'dropped'

/** One command on its way to a platform. */
export interface Command {
  id: string
  connectionId: string
  kind: CommandKind
  clientId: string
  noteUid: string
  noteId: string | null
  /** What was typed; base: what the person saw; theirs: what the platform had when the two were found to differ. */
  mine: NoteFields
  base: NoteFields | null
  theirs: NoteFields | null
  state: CommandState
  attempts: number
  nextAt: number | null
  firstSentAt: number | null
  lastSentAt: number | null
  error: AppErrorData | null
  seq: number
  createdAt: number
  updatedAt: number
  /** The platform's answer, stored before it is applied to the cache. */
  answer: Note | null
  /** Ids of the client's notes before the first send; null = not sent yet. */
  known: string[] | null
}

interface Row {
  id: string
  connection_id: string
  kind: CommandKind
  client_id: string
  note_uid: string
  note_id: string | null
  mine: string
  base: string | null
  theirs: string | null
  state: CommandState
  attempts: number
  next_at: number | null
  first_sent_at: number | null
  last_sent_at: number | null
  error: string | null
  seq: number
  created_at: number
  updated_at: number
  answer: string | null
  known: string | null
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))
const parsed = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T))

/** Rows of older versions may hold an answer of any size. */
const errorFrom = (text: string | null): AppErrorData | null => {
  const error = parsed<AppErrorData>(text)
  return error === null ? null : cutError(error)
}

const fromRow = (row: Row): Command => ({
  id: row.id,
  connectionId: row.connection_id,
  kind: row.kind,
  clientId: row.client_id,
  noteUid: row.note_uid,
  noteId: row.note_id,
  mine: JSON.parse(row.mine) as NoteFields,
  base: parsed(row.base),
  theirs: parsed(row.theirs),
  state: row.state,
  attempts: row.attempts,
  nextAt: row.next_at,
  firstSentAt: row.first_sent_at,
  lastSentAt: row.last_sent_at,
  error: errorFrom(row.error),
  seq: row.seq,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  answer: parsed(row.answer),
  known: parsed(row.known),
})

const isOpen = sql`state NOT IN ('done', 'dropped')`
const select = (db: Db, where: Query): Command[] => all<Row>(db, sql`SELECT * FROM outbox WHERE ${where} ORDER BY seq`).map(fromRow)

export const findCommand = (local: Db, id: string): Command | null => {
  const row = get<Row>(local, sql`SELECT * FROM outbox WHERE id = ${id}`)
  return row ? fromRow(row) : null
}
/** In the order in which they were given. */
export const openCommands = (local: Db, connectionId: string): Command[] =>
  select(local, sql`connection_id = ${connectionId} AND ${isOpen}`)
export const allOpenCommands = (local: Db): Command[] => select(local, isOpen)
export const openCommandsOfClient = (local: Db, connectionId: string, clientId: string): Command[] =>
  select(local, sql`connection_id = ${connectionId} AND client_id = ${clientId} AND ${isOpen}`)
export const openCommandsOfNote = (local: Db, connectionId: string, noteUid: string): Command[] =>
  select(local, sql`connection_id = ${connectionId} AND note_uid = ${noteUid} AND ${isOpen}`)

/** Changes of notes that were carried out since `at` (our clock), newest last. */
export const changesDoneSince = (local: Db, at: number): Command[] =>
  select(local, sql`state = 'done' AND kind <> 'note.create' AND answer IS NOT NULL AND updated_at >= ${at}`)
/** Whether the same note was changed again after this command. */
export const hasFollower = (local: Db, { connectionId, noteUid, seq }: Command): boolean =>
  get(
    local,
    sql`SELECT 1 FROM outbox WHERE connection_id = ${connectionId} AND note_uid = ${noteUid} AND seq > ${seq} AND state <> 'dropped' LIMIT 1`,
  ) !== undefined

/** What a note was made by; null where it was not made here. */
export const createOf = (local: Db, connectionId: string, noteUid: string): Command | null =>
  select(local, sql`connection_id = ${connectionId} AND note_uid = ${noteUid} AND kind = 'note.create'`)[0] ?? null

export type NewCommand = Pick<Command, 'id' | 'connectionId' | 'kind' | 'clientId' | 'noteUid' | 'noteId' | 'mine' | 'base' | 'createdAt'>

export const insertCommand = (local: Db, it: NewCommand): void => {
  acknowledge(local, { kind: it.kind, text: it.mine.text })
  run(
    local,
    sql`INSERT INTO outbox (id, connection_id, kind, client_id, note_uid, note_id, mine, base, state, seq, created_at, updated_at)
      VALUES (${it.id}, ${it.connectionId}, ${it.kind}, ${it.clientId}, ${it.noteUid}, ${it.noteId}, ${JSON.stringify(it.mine)}, ${json(it.base)},
        'pending', (SELECT ifnull(max(seq), 0) + 1 FROM outbox), ${it.createdAt}, ${it.createdAt})`,
  )
}

/** Writes a command back as it is now. Its place in the order and its identity never change. */
export const saveCommand = (local: Db, it: Command, at: number): void => {
  // Lost, an answer is looked back for; that a request is about to leave, or what a person decided, is not to be lost.
  if (it.answer === null && it.state !== 'done') acknowledge(local, { kind: it.kind, text: it.mine.text })
  run(
    local,
    sql`UPDATE outbox SET note_id = ${it.noteId}, mine = ${JSON.stringify(it.mine)}, base = ${json(it.base)}, theirs = ${json(it.theirs)},
      state = ${it.state}, attempts = ${it.attempts}, next_at = ${it.nextAt}, first_sent_at = ${it.firstSentAt}, last_sent_at = ${it.lastSentAt},
      error = ${json(it.error && cutError(it.error))}, updated_at = ${at}, answer = ${json(it.answer && cutAnswer(it.answer))}, known = ${json(it.known)} WHERE id = ${it.id}`,
  )
}

export const outboxCounts = (local: Db): { waiting: number; decide: number } => ({
  waiting: value<number>(local, sql`SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending', 'unknown')`) ?? 0,
  decide: value<number>(local, sql`SELECT count(*) FROM outbox WHERE state IN ('conflict', 'blocked', 'rejected')`) ?? 0,
})
export const sentSince = (local: Db, connectionId: string, at: number): number =>
  value<number>(local, sql`SELECT count(*) FROM outbox WHERE connection_id = ${connectionId} AND state = 'done' AND updated_at >= ${at}`) ??
  0

/** What is done stays a while for the journal. */
export const dropOldCommands = (local: Db, before: number): void => {
  run(local, sql`DELETE FROM outbox WHERE state IN ('done', 'dropped') AND updated_at < ${before}`)
}
