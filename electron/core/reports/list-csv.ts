import type { AsOf } from '@shared/ipc/rows'
import type { ListFile } from '@shared/ipc/shell'
import { BYTE_ORDER_MARK, csvLine, csvStyles, type Cell } from './csv'
import { cellOf, momentText, type Language } from './file-cells'

export interface ListCsv {
  file: Pick<ListFile, 'selection' | 'columns' | 'remarks' | 'asOf'>
  language: Language
  asOf: AsOf
  batches: Iterable<object[]>
}

/** What stands under the rows: as of when first, which is known only where they are read. */
export const remarksOf = ({ file, asOf, language }: Omit<ListCsv, 'batches'>): string[] => {
  const [first, ...others] = file.remarks
  const words = asOf.at === null ? file.asOf.never : asOf.complete && asOf.missing === null ? file.asOf.whole : file.asOf.part
  const said = asOf.at === null ? words : words.replace('{at}', momentText(asOf.at, 'moment', language))
  return [...(first === undefined ? [] : [first]), said, ...others]
}

/** The text of a file that holds what a list shows, in its order, a batch at a time, each with how many rows it has. */
export function* listCsv(list: ListCsv): Generator<{ text: string; rows: number; read: number }> {
  const { file, language, batches } = list
  const named = new Map(file.selection.rows.map(({ connectionId, ids }) => [connectionId, new Set(ids)]))
  const isChosen = (row: Record<string, unknown>): boolean =>
    (named.get(String(row['connectionId']))?.has(String(row['id'])) ?? false) === (file.selection.mode === 'some')
  const line = (cells: readonly Cell[]): string => csvLine(cells, csvStyles[language])
  const lineOf = (row: Record<string, unknown>): string => line(file.columns.map((column) => cellOf(row, column, language)))
  yield { text: BYTE_ORDER_MARK + line(file.columns.map(({ title }) => title)), rows: 0, read: 0 }
  for (const batch of batches) {
    const shown = (batch as Record<string, unknown>[]).filter(isChosen)
    yield { text: shown.map(lineOf).join(''), rows: shown.length, read: batch.length }
  }
  // After an empty line: a spreadsheet's table ends before it.
  const remarks = remarksOf(list).map((remark) => line([remark]))
  yield { text: line([null]) + remarks.join(''), rows: 0, read: 0 }
}
