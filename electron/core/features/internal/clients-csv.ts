import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { AppError } from '@shared/errors'
import { ClientQuery, type ClientSelection } from '@shared/ipc/clients'
import type { ClientRow } from '@shared/ipc/rows'
import type { ClientsService } from '../clients/service'
import { columnsFor } from './client-columns'
import { BYTE_ORDER_MARK, csvLine, csvStyles } from './csv'

export interface CsvExport {
  query: unknown
  selection: ClientSelection
  columns: string[]
  path: string
}
const BATCH = 500

/** Writes what the list shows, in its order, batch by batch. The file appears whole or not at all. */
export const exportClientsCsv = async (
  clients: Pick<ClientsService, 'batches'>,
  language: 'ru' | 'en',
  { query, selection, columns, path }: CsvExport,
): Promise<{ rows: number }> => {
  const checked = ClientQuery.safeParse(query)
  const chosen = columnsFor(columns)
  if (!checked.success || chosen.length === 0) throw new AppError('invalid-input', 'nothing to export')
  const style = csvStyles[language]
  const named = new Map(selection.clients.map(({ connectionId, ids }) => [connectionId, new Set(ids)]))
  const isChosen = (row: ClientRow): boolean => (named.get(row.connectionId)?.has(row.id) ?? false) === (selection.mode === 'some')
  const line = (row: ClientRow): string =>
    csvLine(
      chosen.map(({ cell }) => cell(row, language)),
      style,
    )
  let rows = 0
  await writeWhole(path, async (file) => {
    await file.write(
      BYTE_ORDER_MARK +
        csvLine(
          chosen.map(({ title }) => title[language]),
          style,
        ),
    )
    for (const batch of clients.batches(checked.data, BATCH)) {
      const shown = batch.filter(isChosen)
      rows += shown.length
      await file.write(shown.map(line).join(''))
    }
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
