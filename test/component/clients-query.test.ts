import { describe, expect, it } from 'vitest'
import { defaultState, readState, withFilter, writeState, type ListState } from '@renderer/features/clients/query-state'

const roundTrip = (state: ListState): ListState => {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(writeState(state)))
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one))
  const query: Record<string, string | string[]> = {}
  for (const key of new Set(search.keys())) {
    const values = search.getAll(key)
    query[key] = values.length > 1 ? values : (values[0] ?? '')
  }
  return readState(query)
}

describe('the clients list in the address', () => {
  it('leaves the address plain while nothing is asked for', () => {
    expect(writeState(defaultState())).toEqual({})
    expect(readState({})).toEqual(defaultState())
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
        { field: 'limit', type: 'cpu', states: ['near', 'over'] },
        { field: 'limit', type: null, states: ['reached'] },
      ],
      sort: { by: 'balance', desc: true },
    }
    expect(roundTrip(state)).toEqual(state)
  })

  it('leaves out what makes no sense instead of refusing the page', () => {
    const state = readState({ view: 'nonsense', sort: 'drop table', balance: 'x..y', limit: ['disk:near', 'cpu:sideways'], projects: '..' })
    expect(state).toEqual(defaultState())
  })

  it('keeps one condition per field, but limits of different types side by side', () => {
    const one = withFilter([], { field: 'partner', ids: ['1'] })
    const two = withFilter(one, { field: 'partner', ids: ['2'] })
    expect(two).toEqual([{ field: 'partner', ids: ['2'] }])
    const limits = withFilter(withFilter(two, { field: 'limit', type: 'cpu', states: ['over'] }), {
      field: 'limit',
      type: 'ram',
      states: ['over'],
    })
    expect(limits).toHaveLength(3)
  })
})
