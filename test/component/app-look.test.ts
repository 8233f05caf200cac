import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  return { status, said: `${stdout}${stderr}`.trim() }
}

describe('the look', () => {
  it('has enough contrast in both themes, and charts that colour-blind eyes can read', () => {
    expect(run('scripts/contrast.mjs')).toEqual({ status: 0, said: 'all above the bar' })
  })
  it('bundles every icon that it uses, and only those', () => {
    expect(run('scripts/icons.mjs', '--check')).toEqual({ status: 0, said: '' })
  })
})
