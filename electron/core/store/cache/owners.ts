import type { AppErrorData } from '@shared/errors'
import type { Store } from '../connection'
import { all, get, inTransaction, sql, type Query } from '../sql'
import { emptyState, readState, unreadOfOwners, writeState } from './dataset-state'
import type { OwnedDataset } from './owner-rows'
import { stampCounted } from './stale'

export interface OwnersSurvey {
  clients: number
  /** How many of them were read. */
  read: number
  /** Never read, newest first. */
  never: string[]
  /** Read before the given moment, oldest first, as many as were asked for. */
  old: OldOwner[]
  /** The oldest reading of all others. */
  restAsOf: number | null
}
export interface OldOwner {
  id: string
  asOf: number
}
export interface SurveyOwners {
  connectionId: string
  dataset: OwnedDataset
  readBefore: number
  /** How many of the old ones, at most. */
  most: number
}

/** Small enough that a slice takes a few milliseconds. */
const AT_ONCE = 1_000

/** Goes over all clients once, slice by slice: who was never read, and who was read longest ago. */
export const surveyOwners = async (store: Store, asked: SurveyOwners, pause: () => Promise<void>): Promise<OwnersSurvey> => {
  const survey: OwnersSurvey = { clients: 0, read: 0, never: [], old: [], restAsOf: null }
  const keepOldest = (): void => {
    survey.old.sort((a, b) => a.asOf - b.asOf)
    for (const { asOf } of survey.old.splice(asked.most)) survey.restAsOf = Math.min(survey.restAsOf ?? asOf, asOf)
  }
  const note = ({ id, asOf }: Row): void => {
    survey.clients++
    if (asOf === null) survey.never.push(id)
    else {
      survey.read++
      if (asOf < asked.readBefore) survey.old.push({ id, asOf })
      else survey.restAsOf = Math.min(survey.restAsOf ?? asOf, asOf)
    }
    if (survey.old.length > asked.most + AT_ONCE) keepOldest()
  }
  for (const dated of [false, true])
    for (let last: Row | null = null; ;) {
      const rows: Row[] = all<Row>(store.cache, sliceAfter(asked, dated, last))
      for (const row of rows) note(row)
      await pause()
      if (rows.length < AT_ONCE) break
      last = rows.at(-1) ?? null
    }
  keepOldest()
  survey.never.reverse()
  return survey
}

interface Row {
  id: string
  createdAt: number | null
  asOf: number | null
}
const sliceAfter = ({ connectionId, dataset }: SurveyOwners, dated: boolean, last: Row | null): Query => {
  const after = dated
    ? sql`(c.created_at, c.id) > (${last?.createdAt ?? Number.MIN_SAFE_INTEGER}, ${last?.id ?? ''})`
    : sql`c.created_at IS NULL AND c.id > ${last?.id ?? ''}`
  return sql`SELECT c.id, c.created_at AS createdAt, o.as_of AS asOf FROM client c
    LEFT JOIN owner_state o ON o.connection_id = c.connection_id AND o.dataset = ${dataset} AND o.owner_id = c.id
    WHERE c.connection_id = ${connectionId} AND ${after} ORDER BY c.created_at, c.id LIMIT ${AT_ONCE}`
}

/** When a client's rows were read; null: it is not known (any more). */
export const findOwner = (
  store: Store,
  { connectionId, dataset, id }: { connectionId: string; dataset: OwnedDataset; id: string },
): { asOf: number | null } | null =>
  get<{ asOf: number | null }>(
    store.cache,
    sql`SELECT o.as_of AS asOf FROM client c LEFT JOIN owner_state o ON o.connection_id = c.connection_id AND o.dataset = ${dataset} AND o.owner_id = c.id
      WHERE c.connection_id = ${connectionId} AND c.id = ${id}`,
  ) ?? null

export interface OwnersProgress {
  dataset: OwnedDataset
  running: boolean
  clients: number
  read: number
  /** The oldest reading; null when nothing was read. */
  oldest: number | null
  rows: number
  /** Why not everything could be read. */
  error: AppErrorData | null
}

/** The dataset as a whole: as old as its oldest reading, and complete while every client was read. */
export const writeOwnersState = (store: Store, connectionId: string, progress: OwnersProgress): void => {
  const { dataset, running, clients, read, oldest, rows, error } = progress
  inTransaction(store.cache, () => {
    const complete = read >= clients
    const before = readState(store.cache, connectionId, dataset) ?? emptyState(dataset)
    // A client that has come since does not make the readings of all others unknown.
    const asOf = complete ? oldest : before.asOf
    const unreadable = unreadOfOwners(store.cache, connectionId, dataset)
    const now = { running, cursor: null, done: read, total: clients, rows, unreadable, complete, asOf, error }
    writeState(store.cache, connectionId, { ...before, ...now })
    stampCounted(store.cache, connectionId)
  })
}

export const partnerIds = (store: Store, connectionId: string): string[] =>
  all<{ id: string }>(store.cache, sql`SELECT id FROM partner WHERE connection_id = ${connectionId} ORDER BY id`).map(({ id }) => id)
