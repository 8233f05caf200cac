import { createHash } from 'node:crypto'
import {
  bulkGroups,
  concern,
  groupOf,
  isChanged,
  planned,
  stateOfRow,
  totalsOf,
  type BulkGroup,
  type PlannedRow,
} from '@shared/domain/bulk-plan'
import { applyRules, MOST_BULK, type BulkRule, type ReadyRule } from '@shared/domain/bulk-rules'
import { placeKey, type LimitCells } from '@shared/domain/limit-cells'
import { decideStates } from '@shared/domain/commands'
import type { LimitTemplate } from '@shared/domain/limit-templates'
import { AppError } from '@shared/errors'
import type { BulkChoice } from '@shared/ipc/bulk-limits'
import { LIMITS, type LimitsPayload } from '../../commands/kinds/limits-set'
import { pendingCommands } from '../../commands/overlay'
import { bulkClients, bulkRowids, type BulkClientRow } from '../../store/read/bulk-clients'
import { partnerLimits } from '../../store/read/limits'
import type { Db } from '../../store/sql'

export interface BulkPlan {
  /** By group, then by what needs eyes most, then as they were listed. */
  rows: readonly PlannedRow[]
  /** Named clients that are not there any more. */
  gone: number
  /** So many were chosen, and that is more than one batch takes. */
  tooMany: number | null
  hypervisors: readonly { id: string; name: string }[]
  /** The partner's own limits, by partner and place. */
  partner: ReadonlyMap<string, number>
}
interface Planning {
  cache: Db
  local: Db
  /** Row numbers of what a list's question shows. */
  listed: (query: BulkChoice['query']) => readonly number[]
  templates: readonly LimitTemplate[]
}

const SLICE = 200
export const partnerPlace = (partnerId: string | null, key: string): string => JSON.stringify([partnerId, key])

/** Rules whose templates are replaced by what these say. @throws AppError `not-found`: a template is gone. */
export const readyRules = (rules: readonly BulkRule[], templates: readonly LimitTemplate[]): ReadyRule[] =>
  rules.map((rule) => {
    if (rule.act !== 'template') return rule
    const found = templates.find(({ id }) => id === rule.templateId)
    if (!found) throw new AppError('not-found', 'no such template')
    return { act: 'template', values: found.values }
  })

const chosenRowids = (
  { cache, listed }: Planning,
  { connectionId, query, selection }: BulkChoice,
): { rowids: readonly number[]; gone: number } => {
  const named = selection.rows.find((one) => one.connectionId === connectionId)?.ids ?? []
  const rowids = bulkRowids(cache, connectionId, named)
  if (selection.mode === 'some') return { rowids, gone: named.length - rowids.length }
  const left = new Set(rowids)
  return { rowids: listed({ ...query, connectionId }).filter((rowid) => !left.has(rowid)), gone: 0 }
}

/** What is on its way to the platform, by client: the value typed last counts, and whether a person has to decide first. */
const onTheWay = (local: Db, connectionId: string): Map<string, { cells: LimitCells; undecided: boolean }> => {
  const found = new Map<string, { cells: LimitCells; undecided: boolean }>()
  for (const { clientId, state, payload } of pendingCommands(local, { connectionId, dataset: LIMITS })) {
    if (clientId === null) continue
    const of = found.get(clientId) ?? { cells: {}, undecided: false }
    for (const cell of (payload as LimitsPayload).cells) of.cells[placeKey(cell)] = cell.value
    of.undecided ||= decideStates.some((decide) => decide === state)
    found.set(clientId, of)
  }
  return found
}

/** Computes what rules would change, a slice of clients at a time: between two of them the rest of the core runs. */
export function* planBulk(planning: Planning, asked: { choice: BulkChoice; rules: readonly BulkRule[] }): Generator<void, BulkPlan> {
  const { cache, local, templates } = planning
  const { choice, rules } = asked
  const { connectionId } = choice
  const ready = readyRules(rules, templates)
  const { rowids, gone } = chosenRowids(planning, choice)
  const partner = partnerRoom(cache, connectionId)
  if (rowids.length > MOST_BULK) return { rows: [], gone, tooMany: rowids.length, hypervisors: [], partner }
  const waiting = onTheWay(local, connectionId)
  const hypervisors = new Map<string, { id: string; name: string }>()
  const rows: PlannedRow[] = []
  for (let from = 0; from < rowids.length; from += SLICE) {
    for (const row of bulkClients(cache, connectionId, rowids.slice(from, from + SLICE))) {
      for (const { id, name } of row.client.hypervisors) if (!hypervisors.has(id)) hypervisors.set(id, { id, name })
      rows.push(planRow(row, { rules: ready, partner, onWay: waiting.get(row.id) ?? null }))
    }
    yield
  }
  const sorted = [...hypervisors.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return { rows: ordered(rows), gone, tooMany: null, hypervisors: sorted, partner }
}

interface RowPlanning {
  rules: readonly ReadyRule[]
  partner: ReadonlyMap<string, number>
  onWay: { cells: LimitCells; undecided: boolean } | null
}
/** A change stands on what our own changes, still on their way, will make of a limit: as in the client's own table. */
const planRow = ({ id, name, partnerId, readAt, client }: BulkClientRow, { rules, partner, onWay }: RowPlanning): PlannedRow => {
  const limits: LimitCells = { ...client.limits, ...onWay?.cells }
  for (const key of Object.keys(limits)) if (limits[key] === null) Reflect.deleteProperty(limits, key)
  const cells = applyRules(rules, { ...client, limits }).map((cell) =>
    planned(cell, {
      limit: partner.get(partnerPlace(partnerId, cell.key)) ?? null,
      waiting: onWay !== null && Object.hasOwn(onWay.cells, cell.key),
    }),
  )
  const state = stateOfRow(cells, { read: readAt !== null, undecided: onWay?.undecided ?? false })
  return { clientId: id, name, partnerId, state, cells: state === 'unread' ? [] : cells }
}

/** Of a limit that is no amount (-1) nothing follows. */
const partnerRoom = (cache: Db, connectionId: string): Map<string, number> =>
  new Map(
    partnerLimits(cache, connectionId).limits.flatMap(({ ownerId, hypervisorId, type, value }) =>
      type === null || value < 0 ? [] : [[partnerPlace(ownerId, `${type} ${hypervisorId}`), value] as const],
    ),
  )

const ordered = (rows: readonly PlannedRow[]): PlannedRow[] => {
  const rank = (row: PlannedRow): number => bulkGroups.indexOf(groupOf(row)) * 10 - concern(row)
  return rows
    .map((row) => ({ row, rank: rank(row) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ row }) => row)
}

export interface Left {
  mode: 'some' | 'allExcept'
  ids: readonly string[]
}
/** The rows that a start would send: they change, and the person left them in. What cannot change is never among them. */
export const chosenRows = ({ rows }: BulkPlan, { mode, ids }: Left): PlannedRow[] => {
  const named = new Set(ids)
  return rows.filter(({ clientId, state }) => state === 'changed' && named.has(clientId) === (mode === 'some'))
}

/** Says by one short word what would be sent: a start is refused where it is not what the person saw. */
export const markOf = (rows: readonly PlannedRow[]): string => {
  const hash = createHash('sha256')
  for (const { clientId, cells } of [...rows].sort((a, b) => (a.clientId < b.clientId ? -1 : 1)))
    hash.update(JSON.stringify([clientId, cells.filter(isChanged).map(({ key, was, then }) => [key, was, then])]))
  return hash.digest('hex').slice(0, 24)
}

export const countsOf = (rows: readonly PlannedRow[]): Record<BulkGroup, number> => {
  const counts = { check: 0, plain: 0, same: 0, out: 0 }
  for (const row of rows) counts[groupOf(row)]++
  return counts
}

/** The one partner of these clients; null = several, or none that is known. */
export const onePartner = (rows: readonly PlannedRow[]): string | null => {
  const first = rows[0]?.partnerId ?? null
  return rows.every(({ partnerId }) => partnerId === first) ? first : null
}

export const bulkTotals = (plan: BulkPlan, rows: readonly PlannedRow[]) => {
  const names = new Map(plan.hypervisors.map(({ id, name }) => [id, name]))
  const partnerId = onePartner(rows)
  return totalsOf(rows).map((total) => {
    const { hypervisorId } = total
    const partner = partnerId === null ? null : (plan.partner.get(partnerPlace(partnerId, total.key)) ?? null)
    return { ...total, hypervisorName: names.get(hypervisorId) ?? hypervisorId, partner }
  })
}
