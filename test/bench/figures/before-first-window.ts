import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { freshFolder, root, type Context, type Measure } from '../support/context'
import { row } from '../support/row'
import { inTurn, median } from '../support/sample'

const ROUNDS = 11
const hook = join(root, 'test/bench/support/fake-electron-hook.mjs')
const baselineMain = join(root, 'test/bench/baseline/main.mjs')
const main = join(root, 'out/main/main.js')

/** P2: the built main process from its start to `new BrowserWindow`, over a main that has nothing but that line. */
export const measure: Measure = async (context) => {
  if (!existsSync(main)) throw new Error('there is no built main process')
  const { ours, baseline } = await inTurn(ROUNDS, {
    ours: () => toFirstWindow(main, context),
    baseline: () => toFirstWindow(baselineMain, context),
  })
  const [whole, least] = [median(ours), median(baseline)]
  const note = `${whole.toFixed(0)} ms to the window, ${least.toFixed(0)} ms of them Node alone; ${(codeBefore() / 1024).toFixed(0)} KB of code read before it`
  return [
    row({
      key: 'P2',
      what: 'main-process code before the first window, over Node alone',
      unit: 'ms',
      figure: whole - least,
      baseline: least,
      atMost: 60,
      size: 'built main, new profile',
      note,
    }),
  ]
}

const toFirstWindow = (file: string, context: Context): number => {
  const folder = freshFolder(context, 'profile')
  const args = ['--disable-warning=ExperimentalWarning', '--import', hook, file, `--user-data-dir=${folder}`]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    env: { ...process.env, BENCH_FOLDER: folder, NODE_OPTIONS: '' },
    encoding: 'utf8',
    timeout: 20_000,
  })
  const line = stdout.split('\n').find((text) => text.startsWith('{"bench":'))
  if (line === undefined) throw new Error(`no window was made (${String(status)}): ${stderr.trim().split('\n').at(-1) ?? ''}`)
  return (JSON.parse(line) as { bench: number }).bench
}

/** Bytes of the main script and what it imports before anything else runs. */
const codeBefore = (): number => {
  const seen = new Set<string>()
  const follow = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const [, other] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g)) {
      const path = join(dirname(file), other ?? '')
      if (existsSync(path)) follow(path)
    }
  }
  follow(main)
  return [...seen].reduce((sum, file) => sum + readFileSync(file).length, 0)
}
