import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { systemClock } from '../../electron/core/clock'
import { readKept } from '../../electron/core/files/sealed-file'
import { placeOf, shelfFolder } from '../../electron/core/files/shelf'
import { openStore } from '../../electron/core/store/connection'
import { everyKeptFile } from '../../electron/core/store/local/kept-files'
import { runCore } from './core-running'
import { storeClients } from './exporting'
import { TEST_KEY, temporaryFolder } from './store-in-folder'

const child = fileURLToPath(new URL('export-child.ts', import.meta.url))
const hook = new URL('typescript-hook.mjs', import.meta.url).href

/** Starts exports in a process of their own and kills it so long after the first began. */
const killAfter = (folder: string, target: string, ms: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const args = ['--disable-warning=ExperimentalWarning', '--import', hook, child, folder, TEST_KEY, target]
    const process_ = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    process_.stdout.once('data', () => setTimeout(() => process_.kill('SIGKILL'), ms))
    process_.on('error', reject)
    process_.on('close', () => {
      resolve()
    })
  })

/** What the next start finds: nothing unfinished, nothing without a row, every kept file whole, and no job that still runs. */
const afterKill = async (folder: string, out: string): Promise<{ interrupted: number; kept: number }> => {
  const { core, call } = runCore({ folder, start: { databaseKey: TEST_KEY } })
  const { rows } = await call('jobs', 'list', {})
  await core.stop()
  expect(rows.every(({ endedAt }) => endedAt !== null)).toBe(true)
  expect(readdirSync(out).filter((name) => name.endsWith('.part'))).toEqual([])
  const store = openStore({ folder, key: TEST_KEY, clock: systemClock })
  const kept = everyKeptFile(store.local)
  store.close()
  expect(readdirSync(shelfFolder(folder)).sort()).toEqual(kept.map(({ id }) => `${id}.kept`).sort())
  for (const row of kept) {
    const size = [...readKept(placeOf({ folder: shelfFolder(folder), key: TEST_KEY }, row.id), row)].reduce(
      (sum, piece) => sum + piece.length,
      0,
    )
    expect([row.state, size]).toEqual(['whole', row.size])
  }
  return { interrupted: rows.filter(({ state }) => state === 'interrupted').length, kept: kept.length }
}

/** Kills in the middle of exports: R1. */
export const killExports = async ({ rounds, clients, random }: { rounds: number; clients: number; random: () => number }) => {
  const folder = temporaryFolder()
  const out = `${folder}-out`
  mkdirSync(out)
  try {
    const store = openStore({ folder, key: TEST_KEY, clock: systemClock })
    storeClients(store, clients)
    store.close()
    let found = { interrupted: 0, kept: 0 }
    for (let round = 0; round < rounds; round++) {
      await killAfter(folder, join(out, `round-${String(round)}`), 300 + random() * 2500)
      found = await afterKill(folder, out)
    }
    return found
  } finally {
    for (const made of [folder, out]) if (existsSync(made)) rmSync(made, { recursive: true, force: true })
  }
}
