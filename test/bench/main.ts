import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { groups, type Group } from './figures/index'
import { root, runFolder, type Context } from './support/context'
import { jsonOf, tableOf } from './support/print'
import { failedRow, withParts, type Row } from './support/row'

const groupFile = fileURLToPath(new URL('./group.ts', import.meta.url))

/** Runs one group; whatever goes wrong becomes a row that says so, never a missing key. */
const measured = (name: string, group: Group, context: Context): Promise<Row[]> =>
  new Promise((settle) => {
    const child = fork(groupFile, [name, JSON.stringify(context)], {
      cwd: root,
      execArgv: [...process.execArgv, '--expose-gc'],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    })
    let rows: Row[] = []
    let said = ''
    const timer = setTimeout(() => child.kill('SIGTERM'), group.patience * 1000)
    child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)))
    child.on('message', (message) => (rows = message as Row[]))
    child.on('close', (code) => {
      clearTimeout(timer)
      const why = code === 0 ? 'the measurement gave no such figure' : reasonOf(said, code, group)
      const missing = group.keys.filter((key) => !rows.some((row) => row.key === key))
      settle([...rows, ...missing.map((key) => failedRow(key, why))])
    })
  })

const reasonOf = (said: string, code: number | null, group: Group): string => {
  if (code === null) return `given up after ${String(group.patience)} s`
  const line = said.split('\n').find((text) => /\w*(Error|Timeout)\b.*: /.test(text))
  return (line ?? said.trim().split('\n').at(-1) ?? '').trim() || `ended with ${String(code)}`
}

const wanted = (only: string | undefined): [string, Group][] => {
  const keys = only?.split(',').map((key) => key.trim().toUpperCase())
  const known = Object.values(groups).flatMap((group) => group.keys.map((key) => key.toUpperCase()))
  const strange = keys?.find((key) => !known.includes(key))
  if (strange !== undefined) throw new Error(`there is no figure ${strange}; known are ${known.join(', ')}`)
  return Object.entries(groups).filter(
    ([, group]) => keys === undefined || [...group.keys, ...(group.also ?? [])].some((key) => keys.includes(key.toUpperCase())),
  )
}

const byKey = (a: Row, b: Row): number => a.key.localeCompare(b.key, 'en', { numeric: true })

/** A machine that others use at the same time makes everything slower: then only the ratios mean something. */
const busy = (): string => {
  const [load = 0] = loadavg()
  const cores = availableParallelism()
  return load > cores * 1.5
    ? `\nThe machine was busy (load ${load.toFixed(1)} on ${String(cores)} cores): trust the ratios, not the times.`
    : ''
}

const main = async (): Promise<number> => {
  const options = { json: { type: 'string' }, only: { type: 'string' }, clients: { type: 'string', default: '10000' } } as const
  const { values } = parseArgs({ options, strict: true })
  const since = performance.now()
  const folder = runFolder()
  process.once('exit', folder.remove)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  const context: Context = { folder: folder.path, chromium: process.env['PARTNER_CONSOLE_CHROMIUM'] ?? '', clients: Number(values.clients) }
  const rows: Row[] = []
  for (const [name, group] of wanted(values.only)) {
    const from = performance.now()
    rows.push(...(await measured(name, group, context)))
    process.stderr.write(`${group.keys.join(', ')} measured in ${((performance.now() - from) / 1000).toFixed(0)} s\n`)
  }
  const judged = withParts(rows).sort(byKey)
  console.log(
    `\n${tableOf(judged)}\n\n${judged.filter((row) => row.ok).length} of ${judged.length} within budget, ${((performance.now() - since) / 1000).toFixed(0)} s in all.${busy()}`,
  )
  if (values.json !== undefined) writeFileSync(resolve(process.env['INIT_CWD'] ?? process.cwd(), values.json), jsonOf(judged))
  // A figure that misses its budget is a result; one that could not be taken is a failure of the run.
  return judged.some((row) => row.figure === null) ? 1 : 0
}

process.exitCode = await main()
