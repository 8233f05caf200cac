import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { systemClock } from '../../electron/core/clock'
import { openStore, type Store } from '../../electron/core/store/connection'

export const TEST_KEY = '5a'.repeat(32)

/** A data folder of a test's own, gone when the test ends. */
export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'console-store-'))

/** Makes folders and stores that close and vanish after each test of the calling file. */
export const storeBench = (): { folder(): string; open(folder?: string): Store; memory(): Store } => {
  const folders: string[] = []
  const stores: Store[] = []
  afterEach(() => {
    for (const store of stores.splice(0)) if (store.cache.open) store.close()
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })
  const folder = (): string => {
    const made = temporaryFolder()
    folders.push(made)
    return made
  }
  const keep = (store: Store): Store => {
    stores.push(store)
    return store
  }
  return {
    folder,
    open: (where = folder()) => keep(openStore({ folder: where, key: TEST_KEY, clock: systemClock })),
    memory: () => keep(openStore({ folder: '', key: null, clock: systemClock })),
  }
}
