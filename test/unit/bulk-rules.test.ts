import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concern, groupOf, planned, stateOfRow, totalsOf, type PlannedCell } from '../../shared/domain/bulk-plan'
import { applyRules, type BulkCell, type BulkClient, type PlaceRule, type ReadyRule } from '../../shared/domain/bulk-rules'
import { MOST_LIMIT } from '../../shared/domain/limit-matrix'

const KVM = { id: 'k', name: 'KVM', open: true }
const VMWARE = { id: 'v', name: 'VMware', open: true }
const client = (limits: BulkClient['limits'], use: BulkClient['use'] = {}, hypervisors = [KVM]): BulkClient => ({
  hypervisors,
  limits,
  use,
})
const ram = { hypervisorId: 'k', type: 'ram' as const }
const outcome = (rules: readonly ReadyRule[], was: number | null, use: number | null = null) => {
  const [cell] = applyRules(rules, client(was === null ? {} : { 'ram k': was }, use === null ? {} : { 'ram k': use }))
  return [cell?.then, cell?.remark]
}
const raise = (by: number, unit: 'count' | 'percent' = 'count', step = 1): PlaceRule => ({ ...ram, act: 'raise', by, unit, step })
const lower = (by: number, unit: 'count' | 'percent' = 'count', step = 1): PlaceRule => ({ ...ram, act: 'lower', by, unit, step })
const set = (value: number): PlaceRule => ({ ...ram, act: 'set', value })
const atLeast = (value: number): PlaceRule => ({ ...ram, act: 'at-least', value })
const notBelowUse: PlaceRule = { ...ram, act: 'not-below-use' }
const remove: PlaceRule = { ...ram, act: 'remove' }

describe('one rule on one limit', () => {
  it.each<[string, PlaceRule, number | null, number | null, number | null, string | null]>([
    ['set', set(64), 10, null, 64, null],
    ['set where nothing is set', set(64), null, null, 64, null],
    ['set to 0, which is a value', set(0), 10, 5, 0, null],
    ['set over what is no amount', set(5), -1, null, 5, null],
    ['set too large', set(MOST_LIMIT + 1), 10, null, 10, 'too-large'],
    ['at least, below it', atLeast(160), 77, null, 160, null],
    ['at least, above it', atLeast(160), 324, null, 324, null],
    ['at least, not set', atLeast(160), null, null, null, 'not-set'],
    ['raise by pieces', raise(5), 10, null, 15, null],
    ['raise by per cent, rounded up to the step', raise(25, 'percent', 16), 548, null, 688, null],
    ['raise by per cent, rounded up to a whole one', raise(10, 'percent'), 15, null, 17, null],
    ['raise by per cent that comes out even', raise(10, 'percent'), 160, null, 176, null],
    ['raise 0 by per cent', raise(50, 'percent'), 0, null, 0, null],
    ['raise what is not set', raise(5), null, 3, null, 'not-set'],
    ['raise what is no amount', raise(5), -1, null, -1, 'no-number'],
    ['raise over the edge', raise(1), MOST_LIMIT, null, MOST_LIMIT, 'too-large'],
    ['lower by pieces', lower(4), 10, null, 6, null],
    ['lower by per cent: never by more than asked', lower(25, 'percent'), 10, null, 8, null],
    ['lower with a step that would raise', lower(10, 'percent', 16), 10, null, 10, null],
    ['lower below nothing', lower(11), 10, null, 0, 'to-zero'],
    ['lower by all of it', lower(100, 'percent'), 10, null, 0, null],
    ['not below use, below it', notBelowUse, 10, 12.4, 13, null],
    ['not below use, at it', notBelowUse, 12, 12, 12, null],
    ['not below use that nobody knows', notBelowUse, 10, null, 10, 'use-unknown'],
    ['not below use, not set', notBelowUse, null, 5, null, 'not-set'],
    ['remove', remove, 10, 5, null, null],
    ['remove what is not set', remove, null, null, null, null],
  ])('%s', (_name, rule, was, use, then, remark) => {
    expect(outcome([rule], was, use)).toEqual([then, remark])
  })
})

describe('rules one after the other', () => {
  it.each<[string, PlaceRule[], number | null, number | null, number | null, string | null]>([
    ['lowered, but not below use', [lower(50, 'percent'), notBelowUse], 100, 70, 70, null],
    ['set where nothing was, then raised', [set(10), raise(5)], null, null, 15, null],
    ['a remark goes once a later rule gives a value', [raise(5), set(7)], null, null, 7, null],
    ['a remark stays where the later rule says nothing new', [lower(11), atLeast(0)], 10, null, 0, 'to-zero'],
  ])('%s', (_name, rules, was, use, then, remark) => {
    expect(outcome(rules, was, use)).toEqual([then, remark])
  })
})

describe('where a rule reaches', () => {
  const cells = (rules: readonly ReadyRule[], of: BulkClient) => applyRules(rules, of).map(({ key, then, remark }) => [key, then, remark])
  it('each hypervisor of the client: the open ones, and where it has a limit all the same', () => {
    const closed = { ...VMWARE, open: false }
    const rule: ReadyRule = { act: 'set', hypervisorId: null, type: 'ram', value: 1 }
    expect(cells([rule], client({}, {}, [KVM, closed]))).toEqual([['ram k', 1, null]])
    expect(cells([rule], client({ 'ram v': 5 }, {}, [KVM, closed]))).toEqual([
      ['ram k', 1, null],
      ['ram v', 1, null],
    ])
  })
  it('each hypervisor means where there is such a limit, unless a value is given; what an earlier rule gave counts', () => {
    const every = { hypervisorId: null, type: 'ram' as const }
    const up: ReadyRule = { ...every, act: 'raise', by: 1, unit: 'count', step: 1 }
    const both = client({ 'ram k': 5 }, {}, [KVM, VMWARE])
    expect(cells([up], both)).toEqual([['ram k', 6, null]])
    expect(cells([{ ...every, act: 'set', value: 3 }, up], both)).toEqual([
      ['ram k', 4, null],
      ['ram v', 4, null],
    ])
  })
  it('adds nothing at a hypervisor that is not open to the client', () => {
    expect(cells([{ act: 'set', hypervisorId: 'v', type: 'ram', value: 1 }], client({}))).toEqual([['ram v', null, 'not-open']])
  })
  it('a template by the names of hypervisors, and nothing where there is no such name', () => {
    const values = [
      { hypervisor: 'KVM', type: 'ram' as const, value: 64 },
      { hypervisor: 'Hyper-V', type: 'cpu' as const, value: 8 },
    ]
    expect(cells([{ act: 'template', values }], client({ 'ram k': 1 }))).toEqual([['ram k', 64, null]])
  })
  it('names every place once, whatever the rules', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(set(5), raise(3), lower(2), atLeast(9), notBelowUse, remove)), fc.nat(100), (rules, was) => {
        const found = applyRules(rules, client({ 'ram k': was }, { 'ram k': 50 }))
        expect(found).toHaveLength(rules.length > 0 ? 1 : 0)
        for (const { then } of found) expect(then === null || (Number.isInteger(then) && then >= 0 && then <= MOST_LIMIT)).toBe(true)
      }),
    )
  })
})

describe('a planned row', () => {
  const cell = (more: Partial<BulkCell>): BulkCell => ({
    ...{ key: 'ram k', hypervisorId: 'k', type: 'ram', was: 10, then: 20, use: 5, remark: null },
    ...more,
  })
  const plain = { limit: 100, waiting: false }
  const rowOf = (...cells: PlannedCell[]) => ({ cells, state: stateOfRow(cells, { read: true, undecided: false }) })
  it.each<[string, PlannedCell, string, number]>([
    ['nothing to say', planned(cell({}), plain), 'plain', 0],
    ['below use', planned(cell({ then: 3 }), plain), 'check', 3],
    ['above the partner', planned(cell({ then: 101 }), plain), 'check', 3],
    ['on a change of our own that is on its way', planned(cell({}), { limit: 100, waiting: true }), 'check', 2],
    ['a new limit', planned(cell({ was: null }), plain), 'check', 1],
    ['taken away', planned(cell({ then: null }), plain), 'check', 1],
    ['as it was', planned(cell({ then: 10 }), plain), 'same', 0],
    ['as it was and below use already: nothing of ours', planned(cell({ then: 10, use: 50 }), plain), 'same', 0],
  ])('%s', (_name, one, group, eyes) => {
    expect([groupOf(rowOf(one)), concern(rowOf(one))]).toEqual([group, eyes])
  })
  it('of limits that were never read, or that wait for a decision, goes out', () => {
    const changed = [planned(cell({}), plain)]
    expect(stateOfRow(changed, { read: false, undecided: false })).toBe('unread')
    expect(stateOfRow(changed, { read: true, undecided: true })).toBe('undecided')
    expect(stateOfRow([planned(cell({ then: 10 }), plain)], { read: true, undecided: true })).toBe('same')
  })
  it('is summed only where it changes; what is not set is counted, not added as 0', () => {
    const rows = [
      rowOf(planned(cell({}), plain)),
      rowOf(planned(cell({ was: null, then: 7 }), plain)),
      rowOf(planned(cell({ was: 9, then: null }), plain)),
      rowOf(planned(cell({ was: 50, then: 50 }), plain)),
      { ...rowOf(planned(cell({}), plain)), state: 'undecided' as const },
    ]
    expect(totalsOf(rows)).toEqual([{ ...ram, key: 'ram k', clients: 3, was: 19, then: 27, added: 1, removed: 1 }])
  })
})
