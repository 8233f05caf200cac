import { describe, expect, it } from 'vitest'
import { changedBy, decide, startPicks, toSend, type Fields } from '@renderer/features/outbox/merge'

const fields = (change: Partial<Fields> = {}): Fields => ({ text: 'Позвонить', alertAt: 1000, confirmed: false, ...change })
const row = (mine: Partial<Fields>, theirs: Partial<Fields>) => ({ base: fields(), mine: fields(mine), theirs: fields(theirs) })

describe('a conflict in the outbox', () => {
  it('chooses one-sided changes and asks only for what both sides changed', () => {
    const conflict = row({ text: 'Моё', alertAt: 2000 }, { text: 'Их', confirmed: true })
    expect(startPicks(conflict)).toEqual({ text: null, alertAt: 'mine', confirmed: 'theirs' })
    expect(decide(conflict, startPicks(conflict))).toBeNull()
  })

  it('merges the sides field by field', () => {
    const conflict = row({ text: 'Моё', alertAt: 2000 }, { text: 'Их', confirmed: true })
    const picks = { ...startPicks(conflict), text: 'theirs' as const }
    expect(decide(conflict, picks)).toEqual({ keep: 'mine', merged: { text: 'Их', alertAt: 2000, confirmed: true } })
    expect(toSend(conflict, picks)).toBe(1)
  })

  it('sends nothing where all is taken from the platform', () => {
    const conflict = row({ text: 'Моё' }, { text: 'Их' })
    expect(decide(conflict, { text: 'theirs', alertAt: 'theirs', confirmed: 'theirs' })).toEqual({ keep: 'theirs', merged: null })
  })

  it('keeps mine whole where every difference is mine', () => {
    const conflict = row({ text: 'Моё' }, { text: 'Их' })
    expect(decide(conflict, { text: 'mine', alertAt: 'theirs', confirmed: 'theirs' })).toEqual({ keep: 'mine', merged: null })
  })

  it('sees no difference where both sides came to the same value', () => {
    expect(changedBy(row({ text: 'Одно' }, { text: 'Одно' }), 'text')).toBe('same')
  })

  it('asks for every difference where the base is unknown', () => {
    expect(changedBy({ base: null, mine: fields({ text: 'a' }), theirs: fields({ text: 'b' }) }, 'text')).toBe('both')
  })
})
