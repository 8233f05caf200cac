import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agree, cellsAt, onto, placeKey, placeOf, compareCells, type LimitCells } from '../../shared/domain/limit-cells'
import { differences, draftCounts, limitWarnings, MOST_LIMIT, parseLimit, roomOf, withDraft } from '../../shared/domain/limit-matrix'
import { templateCells, templateOf } from '../../shared/domain/limit-templates'
import { limitTypes } from '../../shared/domain/limits'

describe('what may be typed as a limit', () => {
  it.each([
    ['42', { kind: 'value', value: 42 }],
    [' 1 024 ', { kind: 'value', value: 1024 }],
    ['6\u00a0000', { kind: 'value', value: 6000 }],
    ['6\u202f000', { kind: 'value', value: 6000 }],
    ['0', { kind: 'value', value: 0 }],
    ['-0', { kind: 'value', value: 0 }],
    ['007', { kind: 'value', value: 7 }],
    ['', { kind: 'none' }],
    ['   ', { kind: 'none' }],
    ['-1', { kind: 'wrong', why: 'negative' }],
    ['\u22125', { kind: 'wrong', why: 'negative' }],
    ['1,5', { kind: 'wrong', why: 'not-whole' }],
    ['1.0', { kind: 'wrong', why: 'not-whole' }],
    ['12 ГБ', { kind: 'wrong', why: 'not-a-number' }],
    ['1e3', { kind: 'wrong', why: 'not-a-number' }],
    ['∞', { kind: 'wrong', why: 'not-a-number' }],
    [String(MOST_LIMIT), { kind: 'value', value: MOST_LIMIT }],
    [String(MOST_LIMIT + 1), { kind: 'wrong', why: 'too-large' }],
    ['9'.repeat(400), { kind: 'wrong', why: 'too-large' }],
  ])('%j', (text, typed) => {
    expect(parseLimit(text)).toEqual(typed)
  })
})

describe('warnings before saving', () => {
  const room = { limit: 100, given: 90 }
  it.each([
    ['within use and room', { was: 5, use: 5, room }, 6, []],
    ['below use', { was: 17, use: 15, room }, 12, [{ kind: 'below-use', use: 15 }]],
    ['0 with use', { was: 17, use: 15, room }, 0, [{ kind: 'below-use', use: 15 }]],
    ['exactly the use', { was: 17, use: 15, room }, 15, []],
    ['use not known', { was: 17, use: null, room }, 0, []],
    ['taken away', { was: 17, use: 15, room }, null, []],
    ['all that is left', { was: 5, use: 1, room }, 15, []],
    ['more than is left', { was: 5, use: 1, room }, 16, [{ kind: 'above-room', room: 10 }]],
    ['new, more than is left', { was: null, use: 1, room }, 11, [{ kind: 'above-room', room: 10 }]],
    ['lowered while nothing is left', { was: 50, use: 1, room: { limit: 100, given: 140 } }, 40, []],
    ['raised while nothing is left', { was: 50, use: 1, room: { limit: 100, given: 140 } }, 51, [{ kind: 'above-room', room: -40 }]],
    ['more than the partner has', { was: 5, use: 1, room }, 101, [{ kind: 'above-partner', limit: 100 }]],
    ['the sum not known', { was: 5, use: 1, room: { limit: 100, given: null } }, 99, []],
    [
      'the sum not known, above the limit',
      { was: 5, use: 1, room: { limit: 100, given: null } },
      101,
      [{ kind: 'above-partner', limit: 100 }],
    ],
    ['no limit of the partner', { was: 5, use: 1, room: { limit: null, given: 3 } }, 999, []],
    ['the partner not known', { was: 5, use: 1, room: null }, 999, []],
  ] as const)('%s', (_, cell, value, warnings) => {
    expect(limitWarnings(cell, value)).toEqual(warnings)
  })
  it('what is left needs both figures', () => {
    expect([roomOf({ limit: 10, given: 4 }), roomOf({ limit: null, given: 4 }), roomOf({ limit: 10, given: null })]).toEqual([
      6,
      null,
      null,
    ])
  })
})

const kvm = { id: 'h 1', name: 'KVM' }
const vmware = { id: 'h2', name: 'VMware' }
const at = (type: 'ip' | 'cpu' | 'ram', hypervisor = kvm) => placeKey({ hypervisorId: hypervisor.id, type })

describe('cells', () => {
  it('keys tell type and hypervisor, whatever an id holds', () => {
    expect(placeOf(at('ip'))).toEqual({ type: 'ip', hypervisorId: 'h 1' })
  })
  it('what a platform has no row for is null, and 0 is 0', () => {
    const rows = [
      { hypervisor: { id: 'h 1' }, type: 'ip', value: 0 },
      { hypervisor: { id: 'h2' }, type: 'ip', value: 7 },
      { hypervisor: { id: 'h 1' }, type: null, value: 9 },
    ]
    expect(cellsAt([at('ip'), at('cpu'), at('ip', vmware)], rows)).toEqual({ [at('ip')]: 0, [at('cpu')]: null, [at('ip', vmware)]: 7 })
  })

  const [x, y, z] = [at('ip'), at('cpu'), at('ram')]
  it.each<[string, LimitCells, LimitCells | null, LimitCells, object]>([
    ['as it was', { [x]: 5 }, { [x]: 3 }, { [x]: 3 }, { kind: 'left', keys: [x] }],
    ['as wanted already', { [x]: 5 }, { [x]: 3 }, { [x]: 5 }, { kind: 'left', keys: [] }],
    ['half of it written', { [x]: 5, [y]: null }, { [x]: 3, [y]: 8 }, { [x]: 5, [y]: 8 }, { kind: 'left', keys: [y] }],
    ['someone else was there', { [x]: 5, [y]: 1 }, { [x]: 3, [y]: 8 }, { [x]: 4, [y]: 8 }, { kind: 'changed', keys: [x] }],
    ['someone else took it away', { [x]: 5 }, { [x]: 3 }, { [x]: null }, { kind: 'changed', keys: [x] }],
    ['someone else added it', { [x]: 5 }, { [x]: null }, { [x]: 0 }, { kind: 'changed', keys: [x] }],
    ['a new one', { [x]: 5 }, { [x]: null }, { [x]: null }, { kind: 'left', keys: [x] }],
    ['0 is not «not set»', { [x]: 5 }, { [x]: 0 }, { [x]: null }, { kind: 'changed', keys: [x] }],
    ['never read before', { [x]: 5 }, null, { [x]: 3 }, { kind: 'changed', keys: [x] }],
    ['other places do not count', { [x]: 5 }, { [x]: 3 }, { [x]: 3, [z]: 9 }, { kind: 'left', keys: [x] }],
  ])('compared: %s', (_, mine, base, present, compared) => {
    expect(compareCells({ mine, base, present })).toEqual(compared)
  })

  it('readings agree where both say something', () => {
    expect([agree({ [x]: 1 }, { [y]: 2 }), agree({ [x]: 1, [y]: 2 }, { [x]: 1 }), agree({ [x]: 1 }, { [x]: null })]).toEqual([
      true,
      true,
      false,
    ])
  })
  it('a base takes over what became of its own places, and no others', () => {
    expect(onto({ [x]: 1, [y]: 2 }, { [y]: 7, [z]: 9 })).toEqual({ [x]: 1, [y]: 7 })
  })

  it('a change on top of another one stands on it exactly where they meet', () => {
    const cells = fc.dictionary(fc.constantFrom(x, y, z), fc.option(fc.integer({ min: 0, max: 3 })))
    fc.assert(
      fc.property(cells, cells, (base, seen) => {
        const next = onto(base, seen)
        expect(Object.keys(next).sort()).toEqual(Object.keys(base).sort())
        expect(agree(next, seen)).toBe(true)
        for (const key of Object.keys(base)) if (!(key in seen)) expect(next[key]).toBe(base[key])
      }),
    )
  })
})

describe('a table that is being edited', () => {
  const saved: LimitCells = { [at('ip')]: 17, [at('cpu')]: 128, [at('ram')]: null }
  it('counts what changes, what is new and what goes', () => {
    let draft = withDraft({}, saved, at('ip'), 12)
    draft = withDraft(draft, saved, at('cpu'), null)
    draft = withDraft(draft, saved, at('ram'), 0)
    expect(draftCounts(draft, saved)).toEqual({ all: 3, changed: 1, added: 1, removed: 1 })
    draft = withDraft(draft, saved, at('ip'), 17)
    expect(draft).toEqual({ [at('cpu')]: null, [at('ram')]: 0 })
    expect(withDraft(draft, saved, at('ram'), null)).toEqual({ [at('cpu')]: null })
  })

  it('shows a difference by hypervisor and type, and counts what is the same', () => {
    const wanted = { [at('cpu', vmware)]: 24, [at('ip')]: 12, [at('cpu')]: 128, [at('ram')]: 64 }
    expect(differences(saved, wanted, [kvm.id, vmware.id])).toEqual({
      rows: [
        { hypervisorId: kvm.id, type: 'ip', key: at('ip'), now: 17, then: 12 },
        { hypervisorId: kvm.id, type: 'ram', key: at('ram'), now: null, then: 64 },
        { hypervisorId: vmware.id, type: 'cpu', key: at('cpu', vmware), now: null, then: 24 },
      ],
      same: 1,
    })
    expect(differences(saved, wanted, [vmware.id]).rows).toHaveLength(1)
  })

  it('becomes a template and comes back from it, where the hypervisors have the same names', () => {
    const values = templateOf(saved, [kvm, vmware], limitTypes)
    expect(values).toEqual([
      { hypervisor: 'KVM', type: 'ip', value: 17 },
      { hypervisor: 'KVM', type: 'cpu', value: 128 },
    ])
    const elsewhere = [{ id: 'other', name: 'KVM' }]
    expect(templateCells({ values }, elsewhere)).toEqual({ cells: { 'ip other': 17, 'cpu other': 128 }, missing: [] })
    expect(templateCells({ values }, [vmware])).toEqual({ cells: {}, missing: ['KVM'] })
  })
})
