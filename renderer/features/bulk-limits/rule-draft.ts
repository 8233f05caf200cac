import type { BulkAct, BulkRule } from '@shared/domain/bulk-rules'
import { MOST_PERCENT } from '@shared/domain/bulk-rules'
import { parseLimit, type TypedFault } from '@shared/domain/limit-matrix'
import type { LimitType } from '@shared/domain/limits'

/** A sentence while it is being made: every part keeps what was typed, also where the action does not need it now. */
export interface RuleDraft {
  key: number
  act: BulkAct
  /** '' = each hypervisor. */
  hypervisorId: string
  type: LimitType
  number: string
  unit: 'count' | 'percent'
  step: string
  templateId: string
}
export type RuleFault = TypedFault | 'none' | 'zero'
export type ReadDraft = { rule: BulkRule; fault: null } | { rule: null; fault: RuleFault | null }

export const isAmount = (act: BulkAct): act is 'raise' | 'lower' => act === 'raise' || act === 'lower'
export const hasNumber = (act: BulkAct): boolean => act === 'set' || act === 'at-least' || isAmount(act)

const numberIn = (text: string): number | RuleFault => {
  const typed = parseLimit(text)
  if (typed.kind === 'wrong') return typed.why
  return typed.kind === 'none' ? 'none' : typed.value
}
const wrong = (fault: RuleFault | null): ReadDraft => ({ rule: null, fault })

const amountOf = (draft: RuleDraft, act: 'raise' | 'lower'): ReadDraft => {
  const by = numberIn(draft.number)
  if (typeof by === 'string') return wrong(by)
  if (by === 0) return wrong('zero')
  const { unit, type } = draft
  if (unit === 'percent' && by > (act === 'lower' ? 100 : MOST_PERCENT)) return wrong('too-large')
  const step = draft.step.trim() === '' ? 1 : numberIn(draft.step)
  if (typeof step === 'string') return wrong(step)
  if (step === 0) return wrong('zero')
  return { rule: { act, hypervisorId: draft.hypervisorId || null, type, by, unit, step }, fault: null }
}

/** The rule that a sentence says, or what is still wrong with it. */
export const readDraft = (draft: RuleDraft): ReadDraft => {
  const { act, type, templateId } = draft
  const where = { hypervisorId: draft.hypervisorId || null, type }
  if (act === 'template') return templateId === '' ? wrong(null) : { rule: { act, templateId }, fault: null }
  if (isAmount(act)) return amountOf(draft, act)
  if (act === 'remove' || act === 'not-below-use') return { rule: { act, ...where }, fault: null }
  const value = numberIn(draft.number)
  return typeof value === 'string' ? wrong(value) : { rule: { act, ...where, value }, fault: null }
}
