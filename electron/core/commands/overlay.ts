import type { Dataset } from '@shared/domain/datasets'
import { selectCommands, type Command } from '../store/local/commands'
import { column } from '../store/read/query'
import { sql, type Db } from '../store/sql'

/** Of which commands: of one dataset of a connection, and where they are given, of one client or one subject. */
export interface OverlayOf {
  connectionId: string
  dataset: Dataset
  clientId?: string
  subject?: string
}

/**
 * What is on its way to a platform, in its order: every screen that shows a dataset reads *remote ⊕ pending*, and this is the
 * second half. The commands of one subject follow each other: the first is the one that everything waits for, the payload of
 * the last is what was typed last.
 */
export const pendingCommands = (local: Db, { connectionId, dataset, clientId, subject }: OverlayOf): Command[] => {
  const one = clientId === undefined ? sql`` : sql`AND client_id = ${clientId}`
  const about = subject === undefined ? sql`` : sql`AND subject_uid = ${subject}`
  return selectCommands(local, sql`connection_id = ${connectionId} AND subject_kind = ${dataset} AND is_open = 1 ${one} ${about}`)
}

/** Clients with something on its way in a dataset. */
export const clientsWithPending = (local: Db, connectionId: string, dataset: Dataset): string[] =>
  column<string>(
    local,
    sql`SELECT DISTINCT client_id FROM command WHERE connection_id = ${connectionId} AND subject_kind = ${dataset} AND is_open = 1
      AND client_id IS NOT NULL`,
  )
