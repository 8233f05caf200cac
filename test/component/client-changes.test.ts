import { describe, expect, it } from 'vitest'
import { changeWords, type Say } from '@renderer/features/client-card/change-words'
import { makeFormat } from '@renderer/ui/format'

const say: Say = {
  t: (key, named) => (named ? `${key} ${JSON.stringify(named)}` : key),
  f: makeFormat(() => 'ru'),
  now: Date.UTC(2025, 10, 19, 12),
  currency: 'RUB',
}
const change = (dataset: string, field: string, before: string | null, after: string | null) => ({
  dataset,
  field,
  before,
  after,
  between: { from: null, to: say.now },
})

describe('what changed between two syncs, in words', () => {
  it('says money as money and flags as yes or no', () => {
    expect(changeWords(change('contracts', 'balance', '100050', '-5000'), say)).toMatchObject({
      what: 'client.changes.field.balance',
      before: '1\u00a0000,50\u00a0₽',
      after: '−50,00\u00a0₽',
    })
    expect(changeWords(change('servers', 'power', '1', '0'), say)).toMatchObject({ before: 'common.yes', after: 'common.no' })
  })

  it('names what came or went without inventing a before', () => {
    expect(changeWords(change('servers', 'added', null, null), say)).toMatchObject({
      what: 'client.changes.dataset.servers',
      before: null,
      after: 'client.changes.added',
    })
    const removed = { what: 'client.changes.dataset.servers: web-01', before: null, after: 'client.changes.removed' }
    expect(changeWords(change('servers', 'removed', 'web-01', null), say)).toMatchObject(removed)
    const added = { what: 'client.changes.dataset.servers: web-02', before: null, after: 'client.changes.added' }
    expect(changeWords(change('servers', 'added', null, 'web-02'), say)).toMatchObject(added)
  })

  it('leaves out bare ids and keeps fields that it does not know as they are called', () => {
    expect(changeWords(change('contracts', 'planId', 'a', 'b'), say)).toBeNull()
    expect(changeWords(change('clients', 'colour', 'red', null), say)).toMatchObject({
      what: 'colour',
      before: 'red',
      after: 'client.changes.nothing',
    })
  })
})
