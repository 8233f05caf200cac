import { join } from 'node:path'

/** @param {NodeJS.ProcessEnv} env */
export const hasDisplay = (env) =>
  process.platform === 'win32' || process.platform === 'darwin' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])

/**
 * How the console is started on Electron's own program, or on the stand-in where there is none.
 * @param {{ root: string, node: string, electron: string | null, chromium: string | null, main?: string, args: string[] }} setup
 * @returns {{ command: string, args: string[], env: NodeJS.ProcessEnv, standin: boolean }}
 */
export const consoleCommand = ({ root, node, electron, chromium, main = join(root, 'out', 'main', 'main.js'), args }) => {
  if (electron !== null) return { command: electron, args: [main, ...args], env: {}, standin: false }
  const register = join(root, 'scripts', 'electron-standin', 'register.mjs')
  return {
    command: node,
    args: ['--disable-warning=ExperimentalWarning', '--import', register, main, ...args],
    env: { PARTNER_CONSOLE_CHROMIUM: chromium ?? '' },
    standin: true,
  }
}
