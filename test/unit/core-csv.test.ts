import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MOST_CHOSEN } from '../../shared/domain/selection'
import { contract } from '../../shared/ipc/contract'
import type { ClientRow } from '../../shared/ipc/rows'
import { LARGEST_MESSAGE, sizeOf } from '../../electron/ipc/envelope'
import { exportClientsCsv } from '../../electron/core/features/internal/clients-csv'
import { csvLine, csvStyles } from '../../electron/core/features/internal/csv'

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
const query = { connectionId: null, view: 'all', text: '', filters: [], sort: { by: 'name', desc: false } }
const batchesOf = (...rows: ClientRow[]) => ({
  batches: function* () {
    yield rows
  },
})
const all = { mode: 'allExcept' as const, clients: [] }
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

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-csv-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('an export', () => {
  it('is what a Russian spreadsheet opens without a question', async () => {
    const path = join(folder, 'clients.csv')
    const columns = ['name', 'createdAt', 'contract', 'balance', 'plan', 'paymentModel', 'ram']
    expect(await exportClientsCsv(batchesOf(client()), 'ru', { query, selection: all, columns, path })).toEqual({ rows: 1 })
    expect(readFileSync(path, 'utf8')).toBe(
      '\uFEFFИмя;Создан;Контракт;Баланс;Валюта;Тарифный план;Модель оплаты;RAM, ГБ\r\n' +
        'ООО «Вектор»;31.01.2026;"Д-1; особый";-1234,56;RUB;"\'=HYPERLINK(""http://x"")";Предоплата;5,5\r\n',
    )
    expect(readdirSync(folder)).toEqual(['clients.csv'])
  })

  it('is English in English, and holds only what was selected', async () => {
    const path = join(folder, 'clients.csv')
    const rows = [client(), client({ id: 'b', name: 'B, Ltd', unmanaged: false })]
    await exportClientsCsv(batchesOf(...rows), 'en', {
      query,
      selection: { mode: 'some', clients: [{ connectionId: 'c', ids: ['b'] }] },
      columns: ['name', 'status', 'balance', 'created'],
      path,
    })
    expect(readFileSync(path, 'utf8')).toBe('\uFEFFName,Status,Balance,Currency,Created\r\n"B, Ltd",Managed,-1234.56,RUB,2026-01-31\r\n')
  })

  it('of a list of any length leaves out what was left out, by connection and id, and fits into a message', async () => {
    const path = join(folder, 'clients.csv')
    const rows = Array.from({ length: 12_000 }, (_, index) => client({ id: `k${String(index)}`, name: `Client ${String(index)}` }))
    const twin = client({ connectionId: 'other', id: 'k7', name: 'The twin' })
    const selection = { mode: 'allExcept' as const, clients: [{ connectionId: 'c', ids: ['k7'] }] }
    expect(contract.shell.saveClientsCsv.input.safeParse({ query, selection, columns: ['name'] }).success).toBe(true)
    expect(await exportClientsCsv(batchesOf(...rows, twin), 'en', { query, selection, columns: ['name'], path })).toEqual({ rows: 12_000 })
    const lines = readFileSync(path, 'utf8').split('\r\n')
    expect(lines).not.toContain('Client 7')
    expect(lines).toContain('The twin')
  })

  it('of as many rows as can be named one by one fits into a message', () => {
    const ids = Array.from({ length: MOST_CHOSEN }, () => randomUUID())
    const input = { query, selection: { mode: 'some' as const, clients: [{ connectionId: randomUUID(), ids }] }, columns: ['name'] }
    expect(contract.shell.saveClientsCsv.input.safeParse(input).success).toBe(true)
    expect(sizeOf(input)).toBeLessThan(LARGEST_MESSAGE)
  })

  it.each(['prepay', 'PREPAID', 'pre_paid', 'Pre'])('calls the payment model %s what the list calls it', async (paymentModel) => {
    const path = join(folder, 'clients.csv')
    await exportClientsCsv(batchesOf(client({ paymentModel })), 'en', { query, selection: all, columns: ['paymentModel'], path })
    expect(readFileSync(path, 'utf8')).toBe('\uFEFFPayment model\r\nPrepaid\r\n')
  })

  it('that fails half-way leaves no file behind', async () => {
    const path = join(folder, 'clients.csv')
    const broken = {
      batches: function* () {
        yield [client()]
        throw new Error('the disk is full')
      },
    }
    await expect(exportClientsCsv(broken, 'ru', { query, selection: all, columns: ['name'], path })).rejects.toThrow('full')
    expect(readdirSync(folder)).toEqual([])
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
