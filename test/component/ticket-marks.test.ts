import { expect, it } from 'vitest'
import { markedPieces } from '@renderer/features/tickets/marked'

const marked = (text: string, searched: string): string =>
  markedPieces(text, searched)
    .map(({ text: piece, hit }) => (hit ? `[${piece}]` : piece))
    .join('')

it.each([
  ['превышен лимит RAM', 'лимит', 'превышен [лимит] RAM'],
  ['Лимит, лимита и ЛИМИТ', 'лимит', '[Лимит], [лимит]а и [ЛИМИТ]'],
  ['счёт и счет', 'счет', '[счёт] и [счет]'],
  ['один два три', 'три  один', '[один] два [три]'],
  ['абабаб', 'аб бa', '[абабаб]'],
  ['ничего', '', 'ничего'],
  ['<b>&amp;', '<b>', '[<b>]&amp;'],
  ['', 'лимит', ''],
  ['İ и лимит', 'лимит', 'İ и лимит'],
])('in «%s» the search «%s» marks %s', (text, searched, shown) => {
  expect(marked(text, searched)).toBe(shown)
})
