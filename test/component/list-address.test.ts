import { describe, expect, it } from 'vitest'
import { limitFilter } from '@renderer/features/clients/limit-filter'
import { readState, startOf, withFilter, writeState, type ListState } from '@renderer/list/address'
import type { AnyFilter } from '@shared/domain/list-spec'
import { clientList } from '@shared/domain/lists/clients'
import { contractList } from '@shared/domain/lists/contracts'

const own = { limit: limitFilter((key) => key) }
const limitOf = (type: string | null, states: string[]) => ({ field: 'limit', type, states }) as unknown as AnyFilter
const defaultState = () => startOf(clientList)

const roundTrip = (state: ListState): ListState => {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(writeState(clientList, state, own)))
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one))
  const query: Record<string, string | string[]> = {}
  for (const key of new Set(search.keys())) {
    const values = search.getAll(key)
    query[key] = values.length > 1 ? values : (values[0] ?? '')
  }
  return readState(clientList, query, own)
}

describe('the clients list in the address', () => {
  it('leaves the address plain while nothing is asked for', () => {
    expect(writeState(clientList, defaultState())).toEqual({})
    expect(readState(clientList, {})).toEqual(defaultState())
  })

  it('brings back search, view, sort and every kind of condition', () => {
    const state: ListState = {
      view: 'near-limit',
      text: 'ООО «Ёлка» & co',
      filters: [
        { field: 'partner', ids: ['1', 'a,b'] },
        { field: 'plan', ids: ['x'] },
        { field: 'paymentModel', ids: ['prepay'] },
        { field: 'balance', min: -100_000, max: null },
        { field: 'created', from: null, to: 1_750_000_000_000 },
        { field: 'projects', min: 1, max: 5 },
        limitOf('cpu', ['near', 'over']),
        limitOf(null, ['reached']),
      ],
      sort: { by: 'balance', desc: true },
    }
    expect(roundTrip(state)).toEqual(state)
  })

  it('leaves out what makes no sense instead of refusing the page', () => {
    const asked = { view: 'nonsense', sort: 'drop table', balance: 'x..y', limit: ['disk:near', 'cpu:sideways'], projects: '..' }
    const state = readState(clientList, asked, own)
    expect(state).toEqual(defaultState())
  })

  it('keeps one condition per field, but limits of different types side by side', () => {
    const one = withFilter([], { field: 'partner', ids: ['1'] })
    const two = withFilter(one, { field: 'partner', ids: ['2'] })
    expect(two).toEqual([{ field: 'partner', ids: ['2'] }])
    const { same } = own.limit
    const limits = withFilter(withFilter(two, limitOf('cpu', ['over']), same), limitOf('ram', ['over']), same)
    expect(limits).toHaveLength(3)
    expect(withFilter(limits, limitOf('cpu', ['near']), same)).toHaveLength(3)
  })

  it('keeps only the values that a choice has', () => {
    const state = readState(contractList, { balance: ['negative', 'purple'], plan: ['x', 'y'] })
    expect(state.filters).toEqual([
      { field: 'plan', ids: ['x', 'y'] },
      { field: 'balance', ids: ['negative'] },
    ])
    expect(writeState(contractList, state)).toEqual({ plan: ['x', 'y'], balance: ['negative'] })
  })
})
