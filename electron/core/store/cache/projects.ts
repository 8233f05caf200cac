import { statement, type Db } from '../sql'
import { flag, named, type EntityTable, type RowContext } from './entity-table'

export const projectTable: EntityTable<'projects'> = {
  dataset: 'projects',
  table: 'project',
  columns: named('name', 'client_id', 'locked'),
  cells: (project) => [project.name, project.clientId, flag(project.locked)],
  touches: [{ kind: 'project', by: 'id', of: ['client_id'] }],
  clientOf: (project) => project.clientId,
}

export const vdcTable: EntityTable<'vdcs'> = {
  dataset: 'vdcs',
  table: 'vdc',
  columns: named('name', 'created_at', 'project_id', 'hypervisor_id', 'hypervisor_name', 'hypervisor_type'),
  cells: (vdc) => [
    vdc.name,
    vdc.createdAt,
    vdc.projectId,
    vdc.hypervisor?.id ?? null,
    vdc.hypervisor?.name ?? null,
    vdc.hypervisor?.type ?? null,
  ],
  touches: [{ kind: 'vdc', by: 'id', of: ['project_id', 'hypervisor_id', 'hypervisor_name', 'hypervisor_type'] }],
  clientOf: (vdc, context) => clientOfProject(context, vdc.projectId),
}

const clientOfProject = ({ db, connectionId }: RowContext, projectId: string | null): string | null => {
  if (projectId === null) return null
  const row = statement(db, 'SELECT client_id FROM project WHERE connection_id = ? AND id = ?').get(connectionId, projectId)
  return (row as { client_id: string | null } | undefined)?.client_id ?? null
}

/**
 * Whose a resource is: server → VDC → project → client; null while a parent is unknown. Where one has just gone, as all of a
 * VDC goes one list after another, it is whose it was.
 */
export const clientOfVdc = ({ db, connectionId }: RowContext, vdcId: string | null): string | null => {
  if (vdcId === null) return null
  const text = `SELECT p.client_id FROM vdc v JOIN project p ON p.connection_id = v.connection_id AND p.id = v.project_id
    WHERE v.connection_id = ? AND v.id = ?`
  const known = (statement(db, text).get(connectionId, vdcId) as { client_id: string | null } | undefined)?.client_id ?? null
  return known ?? toldClientOf(db, connectionId, vdcId)
}

const toldClientOf = (db: Db, connectionId: string, vdcId: string): string | null => {
  const row = statement(db, 'SELECT told_client_id FROM vdc_usage WHERE connection_id = ? AND vdc_id = ?').get(connectionId, vdcId)
  return (row as { told_client_id: string | null } | undefined)?.told_client_id ?? null
}
