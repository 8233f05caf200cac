import { bulkGroups, groupOf, isChanged, type BulkGroup, type PlannedRow } from '@shared/domain/bulk-plan'
import { placeKey, type LimitCells } from '@shared/domain/limit-cells'
import { limitTypes } from '@shared/domain/limits'
import { AppError } from '@shared/errors'
import type { BulkChoice, BulkHead, BulkRow } from '@shared/ipc/bulk-limits'
import type { Handlers, Output } from '@shared/ipc/contract'
import type { AsOf } from '@shared/ipc/rows'
import { canTakeEdit, editCommand } from '../../commands/enqueue'
import type { Batches, NewBatch } from '../../commands/batch'
import type { CommandKinds } from '../../commands/kind'
import { LIMITS, LIMITS_SET, type LimitsPayload } from '../../commands/kinds/limits-set'
import type { Capability } from '../../platforms/port/core'
import { findCommand } from '../../store/local/commands'
import { listTemplates } from '../../store/local/limit-templates'
import { value } from '../../store/read/query'
import { asOfAll } from '../../store/read/sync-status'
import { sql, type Db } from '../../store/sql'
import { boundedRows, cutLong } from '../answer-size'
import type { Workspace } from '../workspace'
import { bulkTotals, chosenRows, countsOf, markOf, onePartner, planBulk, type BulkPlan } from './bulk-plan'
import { ruleWords, toldRules } from './bulk-told'

type Input<N extends keyof Handlers<'limits'>> = Parameters<Handlers<'limits'>[N]>[0]
type Asked = Pick<Input<'bulkPreview'>, 'choice' | 'rules'>

/** A plan, and as of when what it was made from was read. */
interface Planned {
  version: string
  at: number
  plan: Promise<BulkPlan>
  asOf: AsOf
}

export interface BulkOptions {
  workspace: Workspace
  kinds: CommandKinds
  batches: Pick<Batches, 'create'>
  /** Row numbers of what the clients list shows. */
  listed: (query: BulkChoice['query']) => readonly number[]
  writing: (connectionId: string) => Capability
  onQueued: (connectionId: string) => void
}

/** So many clients go first; the rest when each of them was carried out. */
const TRIAL = 3
/** While rows pour in from the platform a plan is not made anew for every window of it. */
const FRESH_MS = 1000
const MOST_PLANS = 4
/** Places of one row that cross in a message: two hypervisors whole. */
const MOST_CELLS = 2 * limitTypes.length

const otherWork = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Limits of many clients by rules: what they would change, and the batch that changes it. */
export const createBulkLimits = ({ workspace, kinds, batches, listed, writing, onQueued }: BulkOptions) => {
  const { cache, local, clock } = workspace
  const plans = new Map<string, Planned>()
  const versionOf = (): string => [cache, local].map((db: Db) => String(value<number>(db, sql`SELECT total_changes()`) ?? 0)).join(' ')

  const compute = async (asked: Asked): Promise<BulkPlan> => {
    const steps = planBulk({ cache, local, listed, templates: listTemplates(local) }, asked)
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
      await otherWork()
    }
  }
  /** Remembered until something is written, and for a moment after that. */
  const planOf = (asked: Asked): Planned => {
    const key = JSON.stringify([asked.choice, asked.rules])
    const version = versionOf()
    const kept = plans.get(key)
    if (kept && (kept.version === version || clock.now() - kept.at < FRESH_MS)) return kept
    // Taken before the first row is read: rows may be newer than it says, never older.
    const asOf = asOfAll(cache, asked.choice.connectionId, [LIMITS])
    const plan = compute(asked)
    plan.catch(() => plans.delete(key))
    const planned = { version, at: clock.now(), plan, asOf }
    plans.set(key, planned)
    const oldest = plans.keys().next()
    if (plans.size > MOST_PLANS && !oldest.done) plans.delete(oldest.value)
    return planned
  }

  return {
    bulkPreview: async ({ choice, rules, left, view, offset, limit }: Input<'bulkPreview'>): Promise<Output<'limits', 'bulkPreview'>> => {
      const { asOf, ...planned } = planOf({ choice, rules })
      const plan = await planned.plan
      const counts = countsOf(plan.rows)
      const lines = linesOf(plan.rows, view, counts)
      const chosen = chosenRows(plan, left)
      const { offered, reason } = writing(choice.connectionId)
      return {
        rows: boundedRows(
          lines.slice(offset, offset + limit).map((line) => ('group' in line ? line : toBulkRow(choice.connectionId, line))),
        ),
        total: lines.length,
        counts,
        gone: plan.gone,
        tooMany: plan.tooMany,
        chosen: {
          clients: chosen.length,
          values: chosen.reduce((sum, { cells }) => sum + cells.filter(isChanged).length, 0),
          check: chosen.filter((row) => groupOf(row) === 'check').length,
          belowUse: chosen.filter(({ cells }) => cells.some(({ warnings }) => warnings.some(({ kind }) => kind === 'below-use'))).length,
          mark: markOf(chosen),
        },
        totals: bulkTotals(plan, chosen),
        partnerId: onePartner(chosen),
        places: placesOf(plan),
        hypervisors: [...plan.hypervisors],
        writing: { offered, reason },
        asOf,
      }
    },

    bulkStart: async ({ batchId, choice, rules, left, mark }: Input<'bulkStart'>): Promise<Output<'limits', 'bulkStart'>> => {
      const { connectionId } = choice
      if (!writing(connectionId).offered) throw new AppError('not-offered', 'limits can only be read here')
      const plan = await compute({ choice, rules })
      if (plan.tooMany !== null) throw new AppError('rejected', 'more clients than one batch takes', { reason: 'too-many' })
      const chosen = chosenRows(plan, left)
      if (chosen.length === 0) throw new AppError('rejected', 'nothing would change', { reason: 'nothing' })
      if (markOf(chosen) !== mark) throw new AppError('rejected', 'what would change is not what was seen', { reason: 'changed' })
      const told = toldRules(rules, { hypervisors: plan.hypervisors, templates: listTemplates(local) })
      const id = await batches.create({
        ...{ id: batchId, connectionId, kind: LIMITS_SET, first: TRIAL, about: { rules: told }, words: told.map(ruleWords).join('; ') },
        commands: inOrderOfSending(chosen).map((row) => commandOf(row, plan)),
      })
      onQueued(connectionId)
      return { batchId: id, clients: chosen.length }
    },

    change: ({ commandId, cells }: Input<'change'>): Output<'limits', 'change'> => {
      const command = findCommand(local, commandId)
      if (!command || command.kind !== LIMITS_SET) throw new AppError('not-found', 'no such change of limits')
      if (!canTakeEdit(command) || command.state === 'conflict') throw new AppError('rejected', 'this change is not to be edited')
      const wanted = new Map(cells.map((cell) => [placeKey(cell), cell.value]))
      const payload = command.payload as LimitsPayload
      const unknown = [...wanted.keys()].some((key) => !payload.cells.some((cell) => placeKey(cell) === key))
      if (unknown) throw new AppError('invalid-input', 'the change is about other limits')
      const next = payload.cells.map((cell) => ({
        ...cell,
        value: wanted.has(placeKey(cell)) ? (wanted.get(placeKey(cell)) ?? null) : cell.value,
      }))
      editCommand({ local, kinds, clock }, command, { cells: next })
      onQueued(command.connectionId)
      return {}
    },
  }
}

/** What the platform will hardly refuse goes first: a trial is to tell whether changes go through at all. */
const inOrderOfSending = (rows: readonly PlannedRow[]): PlannedRow[] => [
  ...rows.filter((row) => groupOf(row) === 'plain'),
  ...rows.filter((row) => groupOf(row) !== 'plain'),
]

const commandOf = ({ clientId, cells }: PlannedRow, { hypervisors }: BulkPlan): NewBatch['commands'][number] => {
  const nameOf = (id: string): string => hypervisors.find((one) => one.id === id)?.name ?? id
  const changed = cells.filter(isChanged)
  const base: LimitCells = Object.fromEntries(changed.map(({ key, was }) => [key, was]))
  const payload: LimitsPayload = {
    cells: changed.map(({ hypervisorId, type, then }) => ({ hypervisorId, type, value: then, hypervisorName: nameOf(hypervisorId) })),
  }
  return { subject: { dataset: LIMITS, uid: clientId, id: clientId }, clientId, payload, base }
}

/** Rows of a view with the heads of their groups between them, where there is more than one. */
const linesOf = (
  rows: readonly PlannedRow[],
  view: Input<'bulkPreview'>['view'],
  counts: Record<BulkGroup, number>,
): (BulkHead | PlannedRow)[] => {
  const byGroup = Map.groupBy(rows, groupOf)
  if (view !== 'all') return byGroup.get(view) ?? []
  return bulkGroups.flatMap((group): (BulkHead | PlannedRow)[] => {
    const own = byGroup.get(group) ?? []
    return own.length === 0 ? [] : [{ connectionId: '', id: `head ${group}`, group, count: counts[group] }, ...own]
  })
}

const toBulkRow = (connectionId: string, row: PlannedRow): BulkRow => ({
  ...{ connectionId, id: row.clientId, name: cutLong(row.name), group: groupOf(row), state: row.state },
  cells: row.cells.slice(0, MOST_CELLS),
  more: Math.max(0, row.cells.length - MOST_CELLS),
})

/** Places that any row has, by hypervisor and type. */
const placesOf = ({ rows, hypervisors }: BulkPlan): Output<'limits', 'bulkPreview'>['places'] => {
  const keys = new Set(rows.flatMap(({ cells }) => cells.map(({ key }) => key)))
  return hypervisors
    .flatMap(({ id, name }) =>
      limitTypes.map((type) => ({ key: placeKey({ hypervisorId: id, type }), hypervisorId: id, hypervisorName: name, type })),
    )
    .filter(({ key }) => keys.has(key))
    .slice(0, MOST_CELLS)
}
