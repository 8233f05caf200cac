import { existsSync } from 'node:fs'
import { root } from './root.mjs'
import { run } from './running.mjs'

export const isDebianRoot = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/** Installs one of Debian's packages. @param {string} name @returns {Promise<string | null>} Why it could not. */
export const installPackage = async (name) => {
  const quiet = { cwd: root, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, quiet: true }
  const updated = await run('apt-get', ['update'], quiet)
  const installed = await run('apt-get', ['install', '-y', '--no-install-recommends', name], quiet)
  if (installed.code === 0) return null
  return (installed.output || updated.output).trim().split('\n').at(-1) ?? 'no reason given'
}
