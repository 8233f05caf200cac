import fc from 'fast-check'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClientRow } from '../../shared/ipc/rows'
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
    expect(await exportClientsCsv(batchesOf(client()), 'ru', { query, ids: null, columns, path })).toEqual({ rows: 1 })
    expect(readFileSync(path, 'utf8')).toBe(
      '\uFEFFИмя;Создан;Контракт;Баланс;Валюта;Тарифный план;Модель оплаты;RAM, ГБ\r\n' +
        'ООО «Вектор»;31.01.2026;"Д-1; особый";-1234,56;RUB;"\'=HYPERLINK(""http://x"")";Предоплата;5,5\r\n',
    )
    expect(readdirSync(folder)).toEqual(['clients.csv'])
  })

  it('is English in English, and holds only what was selected', async () => {
    const path = join(folder, 'clients.csv')
    const rows = [client(), client({ id: 'b', name: 'B, Ltd', unmanaged: false })]
    await exportClientsCsv(batchesOf(...rows), 'en', { query, ids: ['b'], columns: ['name', 'status', 'balance', 'created'], path })
    expect(readFileSync(path, 'utf8')).toBe('\uFEFFName,Status,Balance,Currency,Created\r\n"B, Ltd",Managed,-1234.56,RUB,2026-01-31\r\n')
  })

  it('that fails half-way leaves no file behind', async () => {
    const path = join(folder, 'clients.csv')
    const broken = {
      batches: function* () {
        yield [client()]
        throw new Error('the disk is full')
      },
    }
    await expect(exportClientsCsv(broken, 'ru', { query, ids: null, columns: ['name'], path })).rejects.toThrow('full')
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
