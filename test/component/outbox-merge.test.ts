import { describe, expect, it } from 'vitest'
import { changedBy, decide, startPicks, toSend } from '@renderer/features/outbox/merge'
import { valueWords } from '@renderer/features/outbox/outbox-look'
import type { CommandField, FieldValue } from '@shared/domain/commands'

type Values = Record<string, FieldValue>
const BASE: Values = { text: 'Позвонить', alertAt: 1000, confirmed: false }
const row = (mine: Values, theirs: Values | null, base: Values | null = BASE) => ({
  known: { base: base !== null, theirs: theirs !== null },
  fields: Object.keys(BASE).map((key): CommandField => {
    const sides = { base: base?.[key] ?? null, mine: { ...BASE, ...mine }[key] ?? null, theirs: { ...BASE, ...theirs }[key] ?? null }
    return { key, kind: 'text', label: null, unit: null, ...sides }
  }),
})

describe('a conflict in the outbox', () => {
  it('chooses one-sided changes and asks only for what both sides changed', () => {
    const conflict = row({ text: 'Моё', alertAt: 2000 }, { text: 'Их', confirmed: true })
    expect(startPicks(conflict)).toEqual({ text: null, alertAt: 'mine', confirmed: 'theirs' })
    expect(decide(conflict, startPicks(conflict))).toBeNull()
  })

  it('merges the sides field by field', () => {
    const conflict = row({ text: 'Моё', alertAt: 2000 }, { text: 'Их', confirmed: true })
    const picks = { ...startPicks(conflict), text: 'theirs' as const }
    expect(decide(conflict, picks)).toEqual({ keep: 'mine', theirs: ['text', 'confirmed'] })
    expect(toSend(conflict, picks)).toBe(1)
  })

  it('sends nothing where all is taken from the platform', () => {
    const conflict = row({ text: 'Моё' }, { text: 'Их' })
    expect(decide(conflict, { text: 'theirs', alertAt: 'theirs', confirmed: 'theirs' })).toEqual({ keep: 'theirs', theirs: [] })
  })

  it('keeps mine whole where every difference is mine', () => {
    const conflict = row({ text: 'Моё' }, { text: 'Их' })
    expect(decide(conflict, { text: 'mine', alertAt: 'theirs', confirmed: 'theirs' })).toEqual({ keep: 'mine', theirs: [] })
  })

  it('sees no difference where both sides came to the same value', () => {
    const [field] = row({ text: 'Одно' }, { text: 'Одно' }).fields
    expect(field && changedBy(row({}, {}), field)).toBe('same')
  })

  it('asks for every difference where the base is unknown', () => {
    const conflict = row({ text: 'a' }, { text: 'b' }, null)
    expect(startPicks(conflict)).toMatchObject({ text: null })
  })

  it('is not decided where nobody knows what the platform has', () => {
    expect(decide(row({ text: 'a' }, null), { text: 'mine' })).toBeNull()
  })
})

describe('the value of a field', () => {
  const say = {
    none: 'нет',
    empty: 'пусто',
    yes: 'да',
    no: 'нет',
    num: (n: number) => `№${String(n)}`,
    moment: (at: number) => `в ${String(at)}`,
  }
  it.each([
    ['text', '', 'пусто'],
    ['text', 'Позвонить', 'Позвонить'],
    ['moment', null, 'нет'],
    ['moment', 5, 'в 5'],
    ['number', 128, '№128'],
    ['number', '12.5', '№12.5'],
    ['number', null, 'нет'],
    ['flag', true, 'да'],
    ['flag', false, 'нет'],
  ] as const)('%s %s is said as %s', (kind, value, words) => {
    expect(valueWords({ kind, unit: null }, value, say)).toBe(words)
  })

  it('carries its unit', () => {
    expect(valueWords({ kind: 'number', unit: 'ГБ' }, 5, say)).toBe('№5 ГБ')
  })
})
