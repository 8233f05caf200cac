import { ESLint } from 'eslint'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript-eslint'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** Type-aware rules are off: a planted file is in no project. The borders need no types. */
const eslint = new ESLint({ cwd: root, overrideConfig: [{ ...ts.configs.disableTypeChecked, files: ['**/*.ts'] }] })

const complaints = async (file: string, code: string): Promise<string[]> => {
  const [result] = await eslint.lintText(code, { filePath: `${root}/${file}` })
  return (result?.messages ?? []).flatMap((message) => message.ruleId ?? 'fatal: ' + message.message)
}
const importing = (what: string): string => `import { x } from '${what}'\nexport const y = x\n`
const PATHS = 'import-x/no-restricted-paths'
const NAMES = 'no-restricted-imports'
const SYNTAX = 'no-restricted-syntax'

/** One forbidden import for each border: where, what, and the rule that must see it. */
const forbidden: [string, string, string][] = [
  ['shared/domain/planted.ts', '../../electron/core/platforms/port/core', PATHS],
  ['shared/domain/planted.ts', 'vue', NAMES],
  ['electron/core/platforms/rustack/planted.ts', '../../store/connection', PATHS],
  ['electron/core/platforms/planted/planted.ts', '../rustack/adapter', PATHS],
  ['electron/core/platforms/planted.ts', './rustack/adapter', PATHS],
  ['electron/core/platforms/port/planted.ts', '../rustack/adapter', PATHS],
  ['electron/core/store/planted.ts', '../platforms/rustack/adapter', PATHS],
  ['electron/core/store/planted.ts', '../sync/connection-sync', PATHS],
  ['electron/core/sync/planted.ts', '../platforms/rustack/adapter', PATHS],
  ['electron/core/sync/planted.ts', '../commands/queue', PATHS],
  ['electron/core/commands/planted.ts', '../platforms/rustack/adapter', PATHS],
  ['electron/core/commands/planted.ts', '../features/workspace', PATHS],
  ['electron/core/commands/kinds/planted.ts', '../../sync/due', PATHS],
  ['electron/core/store/planted.ts', '../commands/kind', PATHS],
  ['electron/core/features/clients/planted.ts', '../../platforms/rustack/adapter', PATHS],
  ['electron/core/planted.ts', '../demo/platform', PATHS],
  ['electron/core/planted.ts', 'electron', NAMES],
  ['electron/core/sync/planted.ts', 'axios', NAMES],
  ['electron/core/features/clients/planted.ts', 'better-sqlite3', NAMES],
  ['electron/shell/planted.ts', '../core/core', PATHS],
  ['electron/ipc/planted.ts', '../core/core', PATHS],
  ['electron/demo/planted.ts', '../core/platforms/port/core', PATHS],
  ['electron/demo/planted.ts', '@shared/ipc/contract', PATHS],
  ['electron/preload.ts', '@shared/ipc/contract', PATHS],
  ['renderer/ui/planted.ts', '@renderer/api/client', PATHS],
  ['renderer/ui/planted.ts', '@renderer/list/use-list', PATHS],
  ['renderer/list/planted.ts', '@renderer/features/clients/use-client-list', PATHS],
  ['renderer/features/clients/planted.ts', '@renderer/features/dashboard/DashboardScreen.vue', PATHS],
  ['renderer/app/planted.ts', '../../electron/core/platforms/port/core', PATHS],
  ['renderer/app/planted.ts', 'electron', NAMES],
  ['electron/core/planted.ts', '../../test/unit/borders.test', PATHS],
]

describe('borders between the rooms', () => {
  it.each(forbidden)('%s may not import %s', async (file, what, rule) => {
    if (what.startsWith('.') || what.startsWith('@'))
      expect(targetExists(file, what), `${what} must exist, or the border is tested with nothing`).toBe(true)
    expect(await complaints(file, importing(what))).toContain(rule)
  })

  it.each([
    ['electron/core/features/clients/planted.ts', 'ipcMain.handle("x", () => 1)'],
    ['renderer/app/planted.ts', 'export const x: unknown = window.api'],
  ])('%s may not touch what has one place elsewhere', async (file, code) => {
    expect(await complaints(file, code)).toContain(SYNTAX)
  })

  it('sees a cycle', async () => {
    // contract.ts imports clients.ts: an import back closes a circle
    expect(await complaints('shared/ipc/clients.ts', importing('./contract'))).toContain('import-x/no-cycle')
  })

  it('lets a room import what it may', async () => {
    expect(await complaints('electron/core/sync/planted.ts', importing('@shared/domain/money'))).toEqual([])
    expect(await complaints('electron/shell/planted.ts', importing('electron'))).toEqual([])
    expect(await complaints('electron/core/platforms/registry.ts', importing('./rustack/adapter'))).toEqual([])
    expect(await complaints('electron/core/platforms/rustack/planted.ts', importing('../port/core'))).toEqual([])
  })
})

const targetExists = (file: string, what: string): boolean => {
  const path = what.startsWith('@') ? what.slice(1) : fileURLToPath(new URL(what, `file:///${file}`)).slice(1)
  const [folder, name] = [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1)]
  return existsSync(`${root}/${folder}`) && readdirSync(`${root}/${folder}`).some((entry) => entry === name || entry.startsWith(name + '.'))
}
