import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { stillDamaged } from './verify'

/** Enough to know it by at the next opening. */
const MOST_PAGES = 200
const Mark = z.object({ pages: z.array(z.int().min(1)).max(MOST_PAGES), unsound: z.boolean(), writtenAt: z.number() })
type Name = 'local.db' | 'cache.db'
interface StoreFile {
  folder: string
  name: Name
}

const markOf = ({ folder, name }: StoreFile): string => join(folder, `${name}.suspect`)

/** Remembers beside a file what a check behind the start found in it: the next opening refuses it at once. */
export const suspect = (file: StoreFile, { pages, unsound }: { pages: readonly number[]; unsound: boolean }): void => {
  const writtenAt = statSync(join(file.folder, file.name)).mtimeMs
  writeFileSync(markOf(file), JSON.stringify({ pages: pages.slice(0, MOST_PAGES), unsound, writtenAt }))
}

/** How the pages of a file hang together is in doubt, wherever that is. */
export const suspectWhole = (folder: string, name: Name): void => {
  suspect({ folder, name }, { pages: [], unsound: true })
}

/**
 * What is known of a file from an earlier check: it is `damaged`, or has been written to since, and is to be looked at
 * thoroughly (`doubtful`). One that was put in its place is not taken for it: its pages are whole.
 */
export const suspicionOf = (file: StoreFile, key: string): 'damaged' | 'doubtful' | null => {
  const found = readMark(markOf(file))
  if (found === null) return null
  const path = join(file.folder, file.name)
  if (stillDamaged({ path, key }, found.pages).length > 0) return 'damaged'
  if (!found.unsound) return null
  return found.writtenAt === statSync(path).mtimeMs ? 'damaged' : 'doubtful'
}

export const dropSuspicion = (folder: string, name: Name): void => {
  rmSync(markOf({ folder, name }), { force: true })
}

const readMark = (mark: string): z.infer<typeof Mark> | null => {
  try {
    return Mark.safeParse(JSON.parse(readFileSync(mark, 'utf8'))).data ?? null
  } catch {
    return null
  }
}
