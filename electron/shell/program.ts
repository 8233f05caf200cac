import { join } from 'node:path'

/** Where the built files lie, seen from the folder of main.js. */
export interface Places {
  preload: string
  renderer: string
  styleHashes: string
  core: string
  demo: string
}

export const placesFrom = (mainFolder: string): Places => ({
  preload: join(mainFolder, '..', 'preload', 'preload.cjs'),
  renderer: join(mainFolder, '..', 'renderer'),
  styleHashes: join(mainFolder, '..', 'csp-hashes.json'),
  core: join(mainFolder, 'core.js'),
  demo: join(mainFolder, 'demo.js'),
})

/** Electron's version; null = the program runs on the development stand-in. */
export const electronVersion = (): string | null => (process.versions as Record<string, string | undefined>)['electron'] ?? null
