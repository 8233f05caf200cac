import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { MOST_CHOSEN } from '../../shared/domain/selection'
import { contract } from '../../shared/ipc/contract'
import type { ClientRow } from '../../shared/ipc/rows'
import { LARGEST_MESSAGE, sizeOf } from '../../electron/ipc/envelope'
import { listCsv, type ListCsv } from '../../electron/core/reports/list-csv'
import type { FileColumn } from '../../shared/ipc/list'
import { csvLine, csvStyles } from '../../electron/core/reports/csv'

const client = (change: Partial<ClientRow> = {}): ClientRow => ({
  connectionId: 'c',
  id: 'a',
  name: 'ООО «Вектор»',
  // Noon of this machine: dates in a table are its own.
  createdAt: new Date(2026, 0, 31, 12).getTime(),
  partnerId: null,
  partnerName: null,
  contractId: null,
  contractName: 'Д-1; особый',
  balance: { minor: -123_456, currency: 'RUB' },
  planId: null,
  planName: '=HYPERLINK("http://x")',
  paymentModel: 'prepay',
  projects: 2,
  servers: 3,
  cpu: 4,
  ramGb: 5.5,
  volumeGb: 6,
  unmanaged: null,
  tightest: null,
  limitsAt: null,
  notes: 0,
  ...change,
})
const AS_OF = { at: new Date(2026, 0, 31, 14, 45).getTime(), complete: true, missing: null, without: 0 }
const words = { whole: 'As of {at}', part: 'Part as of {at}', never: 'Never read' }
/** The whole text of a file, and how many rows it says that it has. */
const csvOf = (rows: ClientRow[], language: 'ru' | 'en', more: Partial<ListCsv['file']>, asOf: ListCsv['asOf'] = AS_OF) => {
  const file = { selection: all, columns: [], remarks: [], asOf: words, ...more }
  const parts = [...listCsv({ file, language, asOf, batches: [rows.slice(0, 5000), rows.slice(5000)] })]
  return { text: parts.map(({ text }) => text).join(''), rows: parts.reduce((sum, part) => sum + part.rows, 0) }
}
const all = { mode: 'allExcept' as const, rows: [] }
const column = (field: string, as: FileColumn['as'], title: string, words?: Record<string, string>): FileColumn => ({
  ...{ field, as, title },
  ...(words ? { words } : {}),
})
const query = { connectionId: null, view: 'all', text: '', filters: [], sort: { by: 'name', desc: false } }
const asked = { list: 'clients' as const, query, title: 'Clients', remarks: [] as string[], asOf: words }
/** Reads a line back as a spreadsheet would. */
const fieldsOf = (line: string, separator: string): string[] => {
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (let at = 0; at < line.length; at++) {
    const letter = line.charAt(at)
    if (quoted && letter === '"' && line.charAt(at + 1) === '"') {
      field += '"'
      at++
    } else if (letter === '"') quoted = !quoted
    else if (!quoted && letter === separator) {
      fields.push(field)
      field = ''
    } else field += letter
  }
  return [...fields, field]
}

describe('an export', () => {
  it('is what a Russian spreadsheet opens without a question', () => {
    const columns = [
      column('name', 'text', 'Имя'),
      column('createdAt', 'day', 'Создан'),
      column('contractName', 'text', 'Контракт'),
      column('balance', 'money', 'Баланс'),
      column('balance', 'currency', 'Валюта'),
      column('planName', 'text', 'Тарифный план'),
      column('paymentModel', 'code', 'Модель оплаты', { pre: 'Предоплата' }),
      column('ramGb', 'number', 'RAM, ГБ'),
    ]
    expect(csvOf([client()], 'ru', { columns })).toEqual({
      rows: 1,
      text:
        '\uFEFFИмя;Создан;Контракт;Баланс;Валюта;Тарифный план;Модель оплаты;RAM, ГБ\r\n' +
        'ООО «Вектор»;31.01.2026;"Д-1; особый";-1234,56;RUB;"\'=HYPERLINK(""http://x"")";Предоплата;5,5\r\n' +
        '\r\nAs of 31.01.2026 14:45\r\n',
    })
  })

  it('is English in English, and holds only what was selected', () => {
    const { text } = csvOf([client(), client({ id: 'b', name: 'B, Ltd', unmanaged: false })], 'en', {
      selection: { mode: 'some', rows: [{ connectionId: 'c', ids: ['b'] }] },
      columns: [
        column('name', 'text', 'Name'),
        column('unmanaged', 'text', 'Status', { false: 'Managed' }),
        column('balance', 'money', 'Balance'),
        column('balance', 'currency', 'Currency'),
        column('createdAt', 'day', 'Created'),
      ],
    })
    expect(text).toMatch(/^\uFEFFName,Status,Balance,Currency,Created\r\n"B, Ltd",Managed,-1234.56,RUB,2026-01-31\r\n\r\n/)
  })

  it('of a list of any length leaves out what was left out, by connection and id, and fits into a message', () => {
    const rows = Array.from({ length: 12_000 }, (_, index) => client({ id: `k${String(index)}`, name: `Client ${String(index)}` }))
    const twin = client({ connectionId: 'other', id: 'k7', name: 'The twin' })
    const selection = { mode: 'allExcept' as const, rows: [{ connectionId: 'c', ids: ['k7'] }] }
    const columns = [column('name', 'text', 'Name')]
    expect(contract.shell.saveListCsv.input.safeParse({ ...asked, selection, columns }).success).toBe(true)
    const { text, rows: count } = csvOf([...rows, twin], 'en', { selection, columns })
    expect(count).toBe(12_000)
    const lines = text.split('\r\n')
    expect(lines).not.toContain('Client 7')
    expect(lines).toContain('The twin')
  })

  it('of as many rows as can be named one by one fits into a message', () => {
    const ids = Array.from({ length: MOST_CHOSEN }, () => randomUUID())
    const selection = { mode: 'some' as const, rows: [{ connectionId: randomUUID(), ids }] }
    const input = { ...asked, selection, columns: [column('name', 'text', 'Name')] }
    expect(contract.shell.saveListCsv.input.safeParse(input).success).toBe(true)
    expect(sizeOf(input)).toBeLessThan(LARGEST_MESSAGE)
  })

  it.each(['prepay', 'PREPAID', 'pre_paid', 'Pre'])('calls the payment model %s what the list calls it', (paymentModel) => {
    const columns = [column('paymentModel', 'code', 'Payment model', { pre: 'Prepaid', post: 'Postpaid' })]
    expect(csvOf([client({ paymentModel })], 'en', { columns }).text).toContain('\uFEFFPayment model\r\nPrepaid\r\n')
  })

  it('says under the rows, apart from them, as of when they were read and by what conditions', () => {
    const columns = [column('name', 'text', 'Name'), column('tightest.use', 'number', 'Used'), column('createdAt', 'moment', 'Created')]
    expect(csvOf([client()], 'en', { columns, remarks: ['Clients', '=1+1'] }).text).toBe(
      '\uFEFFName,Used,Created\r\nООО «Вектор»,,2026-01-31 12:00\r\n\r\nClients\r\nAs of 2026-01-31 14:45\r\n"\'=1+1"\r\n',
    )
  })

  it.each([
    [{ ...AS_OF, complete: false }, 'Part as of 2026-01-31 14:45'],
    [{ ...AS_OF, missing: { dataset: 'clients' as const, why: 'failing' as const, text: null } }, 'Part as of 2026-01-31 14:45'],
    [{ ...AS_OF, at: null }, 'Never read'],
  ])('of a list that was not read whole says so', (asOf, said) => {
    expect(csvOf([client()], 'en', { columns: [column('name', 'text', 'Name')] }, asOf).text).toMatch(new RegExp(`\r\n\r\n${said}\r\n$`))
  })

  it('shows a code that it has no word for as it is', () => {
    const columns = [column('paymentModel', 'text', 'Model', { pre: 'Prepaid' }), column('id', 'number', 'Not a number')]
    expect(csvOf([client({ paymentModel: 'prepay' })], 'en', { columns }).text).toContain('\uFEFFModel,Not a number\r\nprepay,\r\n')
  })
})

it('never lets a field run as a formula, in 10,000 fields of any kind', () => {
  const start = fc.constantFrom('', '=', '+', '-', '@', '\t', '\r', '\n', '\0', ' =', '\u00A0+', '|', '＝')
  const text = fc.tuple(start, fc.string({ unit: 'binary', maxLength: 12 })).map(([first, rest]) => first + rest)
  fc.assert(
    fc.property(text, fc.constantFrom('ru' as const, 'en' as const), (field, language) => {
      const style = csvStyles[language]
      const line = csvLine([field, 'end'], style).slice(0, -2)
      const [read, end] = fieldsOf(line, style.separator)
      expect(end).toBe('end')
      expect(read).not.toMatch(/^\s*[=+\-@\t\r\0]/)
      expect([field.replaceAll('\0', ''), `'${field.replaceAll('\0', '')}`]).toContain(read)
    }),
    { numRuns: 10_000 },
  )
})

it('keeps numbers numbers, negative ones too', () => {
  expect(csvLine([-5, 0.5, null, 1e6], csvStyles.ru)).toBe('-5;0,5;;1000000\r\n')
})
