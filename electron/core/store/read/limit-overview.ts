import { templateCells, type LimitTemplate } from '@shared/domain/limit-templates'
import { limitTypes, type LimitType } from '@shared/domain/limits'
import type { RoomRow } from '@shared/ipc/limits'
import { all, get, sql, type Db } from '../sql'
import { partnerLimits } from './limits'

interface Row {
  client: string
  partner: string | null
  hypervisorId: string
  hypervisorName: string
  type: LimitType | null
  value: number
}
export interface LimitOverview {
  room: RoomRow[]
  clients: number
  read: number
  templates: { id: string; clients: number }[]
}

/** Few enough for the core to answer in between. */
const SLICE = 2_000

const sliceAfter = (cache: Db, connectionId: string, after: { client: string; id: string }): (Row & { id: string })[] =>
  all(
    cache,
    sql`SELECT l.owner_id AS client, l.id, c.partner_id AS partner, l.hypervisor_id AS hypervisorId, l.hypervisor_name AS hypervisorName, l.type, l.value
      FROM client_limit l INDEXED BY limit_by_owner JOIN client c ON c.connection_id = l.connection_id AND c.id = l.owner_id
      WHERE l.connection_id = ${connectionId} AND l.owner = 'client' AND (l.owner_id, l.id) > (${after.client}, ${after.id})
      ORDER BY l.owner_id, l.id LIMIT ${SLICE}`,
  )

/** How many of a partner's clients there are, and of how many all limits were read. `partnerId` null: clients of no partner. */
const clientsRead = (cache: Db, connectionId: string, partnerId: string | null): { clients: number; read: number } =>
  get<{ clients: number; read: number }>(
    cache,
    sql`SELECT count(*) AS clients, count(CASE WHEN o.unread = 0 THEN o.as_of END) AS read FROM client c
      LEFT JOIN owner_state o ON o.connection_id = c.connection_id AND o.dataset = 'limits' AND o.owner_id = c.id
      WHERE c.connection_id = ${connectionId} AND c.partner_id IS ${partnerId}`,
  ) ?? { clients: 0, read: 0 }

/**
 * Goes over the limits of all clients once, a slice at a time. A sum over clients of which some were not read is no sum: it
 * stays unknown.
 */
export function* walkLimits(
  cache: Db,
  asked: { connectionId: string; partnerId: string | null; templates: readonly LimitTemplate[] },
): Generator<void, LimitOverview> {
  const { connectionId, partnerId, templates } = asked
  const given = new Map<string, number>()
  const matches = new Map(templates.map(({ id }) => [id, 0]))
  let own: Row[] = []
  const closeClient = (): void => {
    for (const template of templates) if (isAs(template, own)) matches.set(template.id, (matches.get(template.id) ?? 0) + 1)
    own = []
  }
  for (let after = { client: '', id: '' }; ;) {
    const rows = sliceAfter(cache, connectionId, after)
    for (const row of rows) {
      if (own[0] !== undefined && own[0].client !== row.client) closeClient()
      own.push(row)
      if (row.partner !== partnerId || row.type === null) continue
      const key = `${row.type} ${row.hypervisorId}`
      given.set(key, (given.get(key) ?? 0) + row.value)
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < SLICE) break
    after = last
    yield
  }
  closeClient()
  const { clients, read } = clientsRead(cache, connectionId, partnerId)
  const room = roomOf(cache, connectionId, { partnerId, given: read === clients ? given : null })
  return { room, clients, read, templates: [...matches].map(([id, count]) => ({ id, clients: count })) }
}

/** Whether a client has exactly these values at the places that the template names. */
const isAs = (template: LimitTemplate, own: readonly Row[]): boolean => {
  const first = own[0]
  if (first === undefined || template.values.length === 0) return false
  const named = [
    ...new Map(own.map(({ hypervisorId, hypervisorName }) => [hypervisorId, { id: hypervisorId, name: hypervisorName }])).values(),
  ]
  const { cells, missing } = templateCells(template, named)
  if (missing.length > 0) return false
  return Object.entries(cells).every(([key, value]) =>
    own.some((row) => `${row.type ?? ''} ${row.hypervisorId}` === key && row.value === value),
  )
}

const roomOf = (
  cache: Db,
  connectionId: string,
  { partnerId, given }: { partnerId: string | null; given: Map<string, number> | null },
): RoomRow[] => {
  const limits = partnerLimits(cache, connectionId).limits.filter(({ ownerId }) => ownerId === partnerId)
  return limits.flatMap(({ hypervisorId, type, value }) => {
    const known = limitTypes.find((one) => one === type)
    if (known === undefined) return []
    return [{ hypervisorId, type: known, limit: value, given: given === null ? null : (given.get(`${known} ${hypervisorId}`) ?? 0) }]
  })
}
