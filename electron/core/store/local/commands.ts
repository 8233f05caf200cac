import type { CommandState, Subject } from '@shared/domain/commands'
import type { Dataset } from '@shared/domain/datasets'
import type { AppErrorData } from '@shared/errors'
import { acknowledge, all, get, run, sql, type Db, type Query } from '../sql'
import { cutError } from './cut'

/**
 * One command on its way to a platform. P: what was typed; S: what a platform shows of the subject; E: what was known
 * before the first send; A: the platform's answer.
 */
export interface Command<P = unknown, S = unknown, E = unknown, A = unknown> {
  id: string
  connectionId: string
  kind: string
  subject: Subject
  /** The client under which it is shown; null = none. */
  clientId: string | null
  payload: P
  payloadVersion: number
  /** base: what the person saw; theirs: what the platform had when the two were found to differ. */
  base: S | null
  theirs: S | null
  evidence: E | null
  /** The platform's answer, stored before it is applied to the cache. */
  answer: A | null
  /** The platform's own job that carries it out. */
  job: unknown
  batchId: string | null
  /** Commands with the same one are never under way together. */
  mutex: string
  /** Commands with the same one could not be told from each other on the platform. */
  holdKey: string | null
  state: CommandState
  attempts: number
  /** In steady time (`commands/steady-clock.ts`); 0 = as soon as may be. */
  dueAt: number
  waitsFrom: number
  settlesAt: number | null
  checkAt: number | null
  firstSentAt: number | null
  lastSentAt: number | null
  /** It stands in a copy of an earlier moment, put in place then: it may have been carried out since. */
  restoredAt: number | null
  error: AppErrorData | null
  seq: number
  createdAt: number
  updatedAt: number
}

export interface CommandRow {
  id: string
  connection_id: string
  kind: string
  subject_kind: Dataset
  subject_uid: string
  subject_id: string | null
  client_id: string | null
  payload: string
  payload_version: number
  base: string | null
  theirs: string | null
  evidence: string | null
  answer: string | null
  job: string | null
  batch_id: string | null
  mutex: string
  hold_key: string | null
  state: CommandState
  attempts: number
  due_at: number
  waits_from: number
  settles_at: number | null
  check_at: number | null
  first_sent_at: number | null
  last_sent_at: number | null
  restored_at: number | null
  error: string | null
  seq: number
  created_at: number
  updated_at: number
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))
const parsed = (text: string | null): unknown => (text === null ? null : JSON.parse(text))

/** Rows of older versions may hold an answer of any size. */
const errorFrom = (text: string | null): AppErrorData | null => (text === null ? null : cutError(JSON.parse(text) as AppErrorData))

export const fromRow = (row: CommandRow): Command => ({
  id: row.id,
  connectionId: row.connection_id,
  kind: row.kind,
  subject: { dataset: row.subject_kind, uid: row.subject_uid, id: row.subject_id },
  clientId: row.client_id,
  payload: JSON.parse(row.payload) as unknown,
  payloadVersion: row.payload_version,
  base: parsed(row.base),
  theirs: parsed(row.theirs),
  evidence: parsed(row.evidence),
  answer: parsed(row.answer),
  job: parsed(row.job),
  batchId: row.batch_id,
  mutex: row.mutex,
  holdKey: row.hold_key,
  state: row.state,
  attempts: row.attempts,
  dueAt: row.due_at,
  waitsFrom: row.waits_from,
  settlesAt: row.settles_at,
  checkAt: row.check_at,
  firstSentAt: row.first_sent_at,
  lastSentAt: row.last_sent_at,
  restoredAt: row.restored_at,
  error: errorFrom(row.error),
  seq: row.seq,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

export const selectCommands = (db: Db, where: Query): Command[] =>
  all<CommandRow>(db, sql`SELECT * FROM command WHERE ${where} ORDER BY seq`).map(fromRow)

export const findCommand = (local: Db, id: string): Command | null => {
  const row = get<CommandRow>(local, sql`SELECT * FROM command WHERE id = ${id}`)
  return row ? fromRow(row) : null
}

export type SubjectKey = Pick<Command, 'connectionId'> & { subject: Pick<Subject, 'dataset' | 'uid'> }
const ofSubject = ({ connectionId, subject: { dataset, uid } }: SubjectKey): Query =>
  sql`connection_id = ${connectionId} AND subject_kind = ${dataset} AND subject_uid = ${uid}`

/** In the order in which they were given. */
export const openCommandsOfSubject = (local: Db, key: SubjectKey): Command[] =>
  selectCommands(local, sql`${ofSubject(key)} AND is_open = 1`)
/** Everything that was ever asked of a subject by one kind of command, dropped or not. */
export const commandsOfSubject = (local: Db, key: SubjectKey & { kind: string }): Command[] =>
  selectCommands(local, sql`${ofSubject(key)} AND kind = ${key.kind}`)
/** Whether the same subject was changed again after this command. */
export const hasFollower = (local: Db, command: SubjectKey & { seq: number }): boolean =>
  get(local, sql`SELECT 1 FROM command WHERE ${ofSubject(command)} AND seq > ${command.seq} AND state <> 'dropped' LIMIT 1`) !== undefined

/** Commands with this mutex that were sent and have no end yet. */
export const sentWithMutex = (local: Db, { connectionId, mutex, id }: Command): Command[] =>
  selectCommands(
    local,
    sql`connection_id = ${connectionId} AND mutex = ${mutex} AND is_open = 1 AND first_sent_at IS NOT NULL AND id <> ${id}`,
  )

export type NewCommand = Pick<
  Command,
  | 'id'
  | 'connectionId'
  | 'kind'
  | 'subject'
  | 'clientId'
  | 'payload'
  | 'payloadVersion'
  | 'base'
  | 'batchId'
  | 'mutex'
  | 'holdKey'
  | 'createdAt'
> &
  Partial<Pick<Command, 'state' | 'dueAt' | 'attempts' | 'firstSentAt' | 'lastSentAt'>>

/** @param words What a person reads of it, should it be lost. */
export const insertCommand = (local: Db, it: NewCommand, words: string): void => {
  acknowledge(local, { kind: it.kind, text: words })
  run(
    local,
    sql`INSERT INTO command (id, connection_id, kind, subject_kind, subject_uid, subject_id, client_id, payload, payload_version, base, batch_id,
        mutex, hold_key, state, due_at, attempts, first_sent_at, last_sent_at, seq, created_at, updated_at)
      VALUES (${it.id}, ${it.connectionId}, ${it.kind}, ${it.subject.dataset}, ${it.subject.uid}, ${it.subject.id}, ${it.clientId},
        ${JSON.stringify(it.payload)}, ${it.payloadVersion}, ${json(it.base)}, ${it.batchId}, ${it.mutex}, ${it.holdKey}, ${it.state ?? 'pending'},
        ${it.dueAt ?? 0}, ${it.attempts ?? 0}, ${it.firstSentAt ?? null}, ${it.lastSentAt ?? null},
        (SELECT ifnull(max(seq), 0) + 1 FROM command), ${it.createdAt}, ${it.createdAt})`,
  )
}

/**
 * Writes a command back as it is now. Its place in the order and its identity never change.
 * @param words For what is not to be lost: that a request is about to leave, or what a person decided; null: it can be found out again.
 */
export const saveCommand = (local: Db, it: Command, { at, words }: { at: number; words: string | null }): void => {
  if (words !== null) acknowledge(local, { kind: it.kind, text: words })
  run(
    local,
    sql`UPDATE command SET subject_id = ${it.subject.id}, payload = ${JSON.stringify(it.payload)}, payload_version = ${it.payloadVersion},
      base = ${json(it.base)}, theirs = ${json(it.theirs)}, evidence = ${json(it.evidence)}, answer = ${json(it.answer)}, job = ${json(it.job)},
      hold_key = ${it.holdKey}, state = ${it.state}, attempts = ${it.attempts}, due_at = ${it.dueAt}, waits_from = ${it.waitsFrom},
      settles_at = ${it.settlesAt}, check_at = ${it.checkAt}, first_sent_at = ${it.firstSentAt}, last_sent_at = ${it.lastSentAt},
      restored_at = ${it.restoredAt}, error = ${json(it.error && cutError(it.error))}, updated_at = ${at} WHERE id = ${it.id}`,
  )
}

/** What is done stays a while for the journal. */
export const dropOldCommands = (local: Db, before: number): void => {
  run(local, sql`DELETE FROM command WHERE state IN ('done', 'dropped') AND updated_at < ${before}`)
}
