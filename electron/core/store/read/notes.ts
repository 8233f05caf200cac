import { asOfAll, asOfOwner } from './sync-status'
import { column } from './query'
import { all, get, sql, type Db, type Query } from '../sql'

/** A note as the platform has it, with its client's name. */
export interface RemoteNote {
  connectionId: string
  id: string
  clientId: string
  clientName: string
  createdAt: number | null
  authorId: string | null
  authorName: string | null
  text: string
  alertAt: number | null
  confirmed: boolean
  system: boolean
}
interface Row extends Omit<RemoteNote, 'confirmed' | 'system'> {
  confirmed: number
  system: number
}

const select = (cache: Db, where: Query, rest: Query): RemoteNote[] =>
  all<Row>(
    cache,
    sql`SELECT n.connection_id AS connectionId, n.id, n.client_id AS clientId, ifnull(c.name, n.client_id) AS clientName, n.created_at AS createdAt,
      n.author_id AS authorId, n.author_name AS authorName, n.text, n.alert_at AS alertAt, n.confirmed, n.system
      FROM note n LEFT JOIN client c ON c.connection_id = n.connection_id AND c.id = n.client_id WHERE ${where} ${rest}`,
  ).map((row) => ({ ...row, confirmed: row.confirmed === 1, system: row.system === 1 }))

export const clientNotes = (cache: Db, connectionId: string, clientId: string): RemoteNote[] =>
  select(cache, sql`n.connection_id = ${connectionId} AND n.client_id = ${clientId}`, sql`ORDER BY n.created_at DESC, n.id`)

/** Notes that still alert, or that did: of one connection. */
export const notesWithAlert = (cache: Db, connectionId: string, open: boolean): RemoteNote[] =>
  select(
    cache,
    sql`n.alert_at IS NOT NULL AND n.connection_id = ${connectionId} AND n.confirmed = ${!open}`,
    open ? sql`ORDER BY n.alert_at, n.id` : sql`ORDER BY n.alert_at DESC, n.id LIMIT 1000`,
  )

export const clientName = (cache: Db, connectionId: string, clientId: string): string =>
  get<{ name: string }>(cache, sql`SELECT name FROM client WHERE connection_id = ${connectionId} AND id = ${clientId}`)?.name ?? clientId

/** Whether a note went together with its client; one whose client stayed, or never had a name, did not. */
export const wentWithClient = (
  cache: Db,
  { connectionId, id, clientId, clientName: name }: Pick<RemoteNote, 'connectionId' | 'id' | 'clientId' | 'clientName'>,
): boolean =>
  name !== clientId &&
  get(
    cache,
    sql`SELECT 1 FROM client WHERE connection_id = ${connectionId} AND id = ${clientId}
      UNION ALL SELECT 1 FROM note WHERE connection_id = ${connectionId} AND id = ${id}`,
  ) === undefined

/** Ids of a client's notes; null where they were never read, so that their absence says nothing. */
export const knownNoteIds = (cache: Db, connectionId: string, clientId: string): string[] | null => {
  const read = asOfOwner(cache, { connectionId, dataset: 'notes', ownerId: clientId }).at ?? asOfAll(cache, connectionId, ['notes']).at
  if (read === null) return null
  return column<string>(cache, sql`SELECT id FROM note WHERE connection_id = ${connectionId} AND client_id = ${clientId}`)
}
