import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from '@shared/domain/text'

describe('folded text', () => {
  it.each([
    ['  ООО «Зелёная  Линия» ', 'ооо зеленая линия'],
    ['ИП Воронцова А.\u00a0С.', 'ип воронцова а. с.'],
    ['Нева–Логистик', 'нева-логистик'],
    ['“Quoted” „Name“', 'quoted name'],
    ['и\u0306од', 'йод'],
  ])('%j → %j', (raw, folded) => expect(foldText(raw)).toBe(folded))

  it('folding twice changes nothing, and case never matters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text))
      }),
    )
  })
})
