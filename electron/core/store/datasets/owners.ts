import { statement } from '../sql'
import type { RowContext } from './descriptor'

const first = ({ db }: RowContext, text: string, ...values: string[]): string | null =>
  (
    statement(db, text)
      .raw()
      .get(...values) as [string | null] | undefined
  )?.[0] ?? null

/** Whose a record is while its parent is known; null where it is not (yet). */
export const clientOfProject = (context: RowContext, projectId: string | null): string | null => {
  if (projectId === null) return null
  return first(context, 'SELECT client_id FROM project WHERE connection_id = ? AND id = ?', context.connectionId, projectId)
}

/**
 * Whose a resource is: server → VDC → project → client. Where a parent has just gone, as all of a VDC goes one list after
 * another, it is whose it was.
 */
export const clientOfVdc = (context: RowContext, vdcId: string | null): string | null => {
  if (vdcId === null) return null
  const text = `SELECT p.client_id FROM vdc v JOIN project p ON p.connection_id = v.connection_id AND p.id = v.project_id
    WHERE v.connection_id = ? AND v.id = ?`
  const told = 'SELECT told_client_id FROM vdc_usage WHERE connection_id = ? AND vdc_id = ?'
  return first(context, text, context.connectionId, vdcId) ?? first(context, told, context.connectionId, vdcId)
}

export const clientOfContract = (context: RowContext, contractId: string | null): string | null => {
  if (contractId === null) return null
  const text = `SELECT right_id FROM contract WHERE connection_id = ? AND id = ? AND right_entity = 'client'`
  return first(context, text, context.connectionId, contractId)
}
