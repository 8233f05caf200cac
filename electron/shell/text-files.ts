import type { FileFilter, OpenDialogOptions, SaveDialogOptions } from 'electron'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '@shared/errors'

export interface Dialogs {
  downloads: () => string
  askSave: (options: SaveDialogOptions) => Promise<{ canceled: boolean; filePath: string }>
  askOpen: (options: OpenDialogOptions) => Promise<{ canceled: boolean; filePaths: string[] }>
}
export interface TextFile {
  name: string
  text: string
}

/** Asks for a file and reads it; null = cancelled. @throws AppError `invalid-input`, reason too-large */
export const pickText = async ({ askOpen }: Dialogs, filters: FileFilter[], largest: number): Promise<TextFile | null> => {
  const { canceled, filePaths } = await askOpen({ properties: ['openFile'], filters })
  const [file] = filePaths
  if (canceled || file === undefined) return null
  const { size } = await stat(file)
  if (size > largest) throw new AppError('invalid-input', 'the file is too large', { reason: 'too-large' })
  return { name: basename(file), text: await readFile(file, 'utf8') }
}

/** Asks where, and writes it; null = cancelled. @throws AppError `storage` where nothing can be written there. */
export const saveText = async (
  { askSave, downloads }: Dialogs,
  { name, text, filters }: TextFile & { filters: FileFilter[] },
): Promise<{ file: string } | null> => {
  const { canceled, filePath } = await askSave({ defaultPath: join(downloads(), name), filters })
  if (canceled || filePath === '') return null
  try {
    await writeFile(filePath, text)
  } catch (error) {
    throw new AppError('storage', 'the file could not be written', { reason: 'cannot-write' }, { cause: error })
  }
  return { file: basename(filePath) }
}
