import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repository = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[/\\]$/, '')
export const builtMain = (name: string): string => join(repository, 'out', 'main', `${name}.js`)

/** Electron's own program where one is given; the tests that need it are reported as skipped where it is not. */
export const realElectron = (): string | null => {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const program = folder === undefined ? null : join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron')
  return program !== null && existsSync(program) ? program : null
}

const chromiumPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome']

export const chromiumProgram = (): string => {
  const found = [process.env['PARTNER_CONSOLE_CHROMIUM'], ...chromiumPlaces].find(
    (place) => place !== undefined && place !== '' && existsSync(place),
  )
  if (found === undefined) throw new Error('there is no Chromium: `npm test` installs one')
  return found
}
