import { placeKey, type LimitCells, type LimitPlace } from './limit-cells'
import { MOST_LIMIT } from './limit-matrix'
import type { TemplateValue } from './limit-templates'
import type { LimitType } from './limits'

/** Which limits a rule is about; `hypervisorId` null: each hypervisor of the client. */
export interface RuleWhere {
  hypervisorId: string | null
  type: LimitType
}
/** A change by so many pieces or by so many per cent, rounded up to a multiple of `step`. */
export interface RuleAmount {
  by: number
  unit: 'count' | 'percent'
  step: number
}
export const bulkActs = ['set', 'at-least', 'raise', 'lower', 'not-below-use', 'remove', 'template'] as const
export type BulkAct = (typeof bulkActs)[number]
export type PlaceRule =
  | ({ act: 'set' | 'at-least'; value: number } & RuleWhere)
  | ({ act: 'raise' | 'lower' } & RuleAmount & RuleWhere)
  | ({ act: 'not-below-use' | 'remove' } & RuleWhere)
/** One sentence about the limits of many clients; rules are applied one after the other. */
export type BulkRule = PlaceRule | { act: 'template'; templateId: string }
/** The same with the template's values instead of its id. */
export type ReadyRule = PlaceRule | { act: 'template'; values: readonly TemplateValue[] }

/** As many clients as one batch changes: what a person can still oversee, and what a platform takes in an hour. */
export const MOST_BULK = 10_000
export const MOST_RULES = 20
export const MOST_PERCENT = 10_000
export const MOST_STEP = 1_000_000

/**
 * Why a rule left a limit as it was. `not-set`: there is no such limit to count from. `no-number`: the platform shows a
 * value that is no amount (-1). `use-unknown`: what is in use was not read. `not-open`: the client has no such hypervisor.
 * `too-large`: no platform counts that far. `to-zero` alone changes it: less than nothing was asked, 0 it becomes.
 */
export const bulkRemarks = ['not-set', 'no-number', 'use-unknown', 'not-open', 'too-large', 'to-zero'] as const
export type BulkRemark = (typeof bulkRemarks)[number]

/** What is known of one client. Unset limits are not among `limits`; unknown use is not among `use`. */
export interface BulkClient {
  hypervisors: readonly { id: string; name: string; open: boolean }[]
  limits: LimitCells
  use: LimitCells
}
export interface BulkCell extends LimitPlace {
  key: string
  was: number | null
  then: number | null
  use: number | null
  remark: BulkRemark | null
}

interface Step {
  then: number | null
  remark: BulkRemark | null
}
const keeps = (value: number | null, remark: BulkRemark | null = null): Step => ({ then: value, remark })
const becomes = (then: number): Step | null => (then > MOST_LIMIT ? null : { then, remark: null })

/** Up to a multiple of the step; a hair above one, as halves and thirds leave it, counts as that. */
const roundedUp = (value: number, step: number): number => Math.max(0, Math.ceil(value / step - 1e-9) * step)

const byAmount = (rule: Extract<PlaceRule, { act: 'raise' | 'lower' }>, value: number): Step => {
  const sign = rule.act === 'raise' ? 1 : -1
  const exact = rule.unit === 'percent' ? (value * (100 + sign * rule.by)) / 100 : value + sign * rule.by
  if (exact < 0) return { then: 0, remark: 'to-zero' }
  const rounded = roundedUp(exact, rule.step)
  // Rounding up never turns a lowering into a raise.
  return becomes(rule.act === 'lower' ? Math.min(value, rounded) : rounded) ?? keeps(value, 'too-large')
}

/** One rule on one limit. Only a value that is given adds a limit where there is none: from nothing there is nothing to count. */
const applied = (rule: PlaceRule, value: number | null, use: number | null): Step => {
  if (rule.act === 'remove') return keeps(null)
  if (rule.act === 'set') return becomes(rule.value) ?? keeps(value, 'too-large')
  if (value === null) return keeps(null, 'not-set')
  if (value < 0) return keeps(value, 'no-number')
  if ('by' in rule) return byAmount(rule, value)
  if (rule.act === 'at-least') return becomes(Math.max(value, rule.value)) ?? keeps(value, 'too-large')
  if (use === null) return keeps(value, 'use-unknown')
  return becomes(value < use ? Math.ceil(use) : value) ?? keeps(value, 'too-large')
}

/** The rules for single places that one rule stands for, at this client. */
const placesOf = (rule: ReadyRule, { hypervisors, limits }: BulkClient): (PlaceRule & LimitPlace & { every?: true })[] => {
  if (rule.act === 'template')
    return rule.values.flatMap(({ hypervisor, type, value }) => {
      const found = hypervisors.find(({ name }) => name === hypervisor)
      return found ? [{ act: 'set' as const, hypervisorId: found.id, type, value }] : []
    })
  if (rule.hypervisorId !== null) return [{ ...rule, hypervisorId: rule.hypervisorId }]
  const meant = hypervisors.filter(({ id, open }) => open || Object.hasOwn(limits, placeKey({ hypervisorId: id, type: rule.type })))
  return meant.map(({ id }) => ({ ...rule, hypervisorId: id, every: true }))
}

const at = (cells: LimitCells, key: string): number | null => (Object.hasOwn(cells, key) ? (cells[key] ?? null) : null)

/** What the rules make of one client's limits: every place that a rule names, changed or not, in the order of the rules. */
export const applyRules = (rules: readonly ReadyRule[], client: BulkClient): BulkCell[] => {
  const cells = new Map<string, BulkCell>()
  const isOpen = (id: string): boolean => client.hypervisors.some((one) => one.id === id && one.open)
  for (const rule of rules.flatMap((one) => placesOf(one, client))) {
    const { hypervisorId, type } = rule
    const key = placeKey({ hypervisorId, type })
    const was = at(client.limits, key)
    // «Each hypervisor» means each where there is such a limit: only a value that is given is meant for all of them.
    if (rule.every && rule.act !== 'set' && (cells.get(key)?.then ?? was) === null) continue
    const cell = cells.get(key) ?? { key, hypervisorId, type, was, then: was, use: at(client.use, key), remark: null }
    const step = was === null && !isOpen(hypervisorId) ? keeps(null, 'not-open') : applied(rule, cell.then, cell.use)
    cells.set(key, { ...cell, then: step.then, remark: step.remark ?? (step.then === cell.then ? cell.remark : null) })
  }
  return [...cells.values()]
}
