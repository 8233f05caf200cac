import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { AppError } from '@shared/errors'
import type { FileColumn } from '@shared/ipc/list'
import { listQueries } from '@shared/ipc/lists'
import type { InternalCalls } from '@shared/ipc/host-protocol'
import type { Lists } from '../lists/handlers'
import { BYTE_ORDER_MARK, csvLine, csvStyles, type Cell } from './csv'
import { cellOf, type Language } from './file-cells'

const BATCH = 500

/** Writes what a list shows, in its order, batch by batch. The file appears whole or not at all. */
export const exportListCsv = async (
  lists: Lists,
  language: Language,
  { list, query, selection, columns, remarks, path }: InternalCalls['exportListCsv']['input'],
): Promise<{ rows: number }> => {
  const checked = listQueries[list].safeParse(query)
  if (!checked.success) throw new AppError('invalid-input', 'this list is not asked that way')
  const named = new Map(selection.rows.map(({ connectionId, ids }) => [connectionId, new Set(ids)]))
  const isChosen = (row: Record<string, unknown>): boolean =>
    (named.get(String(row['connectionId']))?.has(String(row['id'])) ?? false) === (selection.mode === 'some')
  const line = (cells: readonly Cell[]): string => csvLine(cells, csvStyles[language])
  const lineOf = (row: Record<string, unknown>): string => line(columns.map((column: FileColumn) => cellOf(row, column, language)))
  let rows = 0
  await writeWhole(path, async (file) => {
    await file.write(BYTE_ORDER_MARK + line(columns.map(({ title }) => title)))
    for (const batch of lists[list].batches(checked.data, BATCH)) {
      const shown = (batch as Record<string, unknown>[]).filter(isChosen)
      rows += shown.length
      await file.write(shown.map(lineOf).join(''))
    }
    // After an empty line: a spreadsheet's table ends before it.
    if (remarks.length > 0) await file.write(line([null]) + remarks.map((remark) => line([remark])).join(''))
  })
  return { rows }
}

const writeWhole = async (path: string, write: (file: FileHandle) => Promise<void>): Promise<void> => {
  const unfinished = `${path}.part`
  try {
    const file = await open(unfinished, 'w', 0o600)
    try {
      await write(file)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}
