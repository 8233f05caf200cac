import { harmless } from '@shared/domain/spreadsheet-text'

/** A cell: text is escaped and made harmless, a number stays one. */
export type Cell = string | number | null

export interface CsvStyle {
  separator: ';' | ','
  decimal: ',' | '.'
}
export const csvStyles: Record<'ru' | 'en', CsvStyle> = {
  ru: { separator: ';', decimal: ',' },
  en: { separator: ',', decimal: '.' },
}
/** Without it a spreadsheet takes UTF-8 for the system's old code page. */
export const BYTE_ORDER_MARK = '\uFEFF'
const LINE_END = '\r\n'

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

const cellText = (cell: Cell, { separator, decimal }: CsvStyle): string => {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell).replace('.', decimal) : ''
  const text = harmless(cell)
  const needsQuotes = text !== cell || /["\r\n\t]/.test(text) || text.includes(separator) || text !== text.trim()
  return needsQuotes ? quoted(text) : text
}

export const csvLine = (cells: readonly Cell[], style: CsvStyle): string =>
  cells.map((cell) => cellText(cell, style)).join(style.separator) + LINE_END
