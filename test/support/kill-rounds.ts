import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { systemClock } from '../../electron/core/clock'
import { openStore } from '../../electron/core/store/connection'
import { startPlatform } from '../../electron/demo/platform'
import { canonicalRows, derivedRows } from './canonical-rows'
import { temporaryFolder, TEST_KEY } from './store-in-folder'
import { never, rustackAdapter } from './synced-console'

const child = fileURLToPath(new URL('first-sync-child.ts', import.meta.url))
const hook = new URL('typescript-hook.mjs', import.meta.url).href

interface Run {
  order: object
  /** ms after its first word; null = to the end. */
  killAfter: number | null
}
interface Ran {
  said: string
  /** From its first word to its last, ms: its start is no part of it. */
  took: number
}
const run = ({ order, killAfter }: Run): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const process_ = spawn(process.execPath, ['--import', hook, child, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    let begunAt = 0
    let lastAt = 0
    process_.stdout.on('data', (chunk: Buffer) => {
      lastAt = performance.now()
      if (said === '') {
        begunAt = lastAt
        if (killAfter !== null) setTimeout(() => process_.kill('SIGKILL'), killAfter)
      }
      said += chunk.toString()
    })
    process_.on('error', reject)
    process_.on('close', () => {
      resolve({ said, took: lastAt - begunAt })
    })
  })

/** What lies in a folder's files: rows, what is derived from them, and how many change rows were logged. */
const contents = (folder: string): { rows: string[]; derived: string[]; log: number } => {
  const store = openStore({ folder, key: TEST_KEY, clock: systemClock })
  const log = (store.local.prepare('SELECT count(*) n FROM change_log').get() as { n: number }).n
  const found = { rows: canonicalRows(store), derived: derivedRows(store), log }
  expect(store.notices()).toEqual([])
  store.close()
  return found
}

export interface KillRounds {
  rounds: number
  clients: number
  pageSize: number
  /** Kills before a round is let through to its end. */
  kills: number
  /** A year of history is many small pages: left out where time is short. */
  statistics: boolean
  random: () => number
}

/** Kills first syncs at random moments; the next start must always end with the rows of an undisturbed one. */
export const killRounds = async ({
  rounds,
  clients,
  pageSize,
  kills,
  statistics,
  random,
}: KillRounds): Promise<{ killedMidway: number }> => {
  const platform = await startPlatform({ clients, pageSize, speed: 0 })
  const folders: string[] = []
  const orderFor = (folder: string) => ({ folder, key: TEST_KEY, platform, capabilities })
  const { capabilities } = await rustackAdapter(platform).probe(never)
  const { statistics: list } = capabilities.datasets
  if (list) list.offered = statistics
  const folder = (): string => {
    folders.push(temporaryFolder())
    return folders.at(-1) ?? ''
  }
  try {
    const calm = folder()
    const { said: calmly, took } = await run({ order: orderFor(calm), killAfter: null })
    expect(calmly).toContain('done')
    const expected = contents(calm)
    let killedMidway = 0
    for (let round = 0; round < rounds; round++) {
      const order = orderFor(folder())
      for (let kill = 0; kill < kills; kill++)
        if (!(await run({ order, killAfter: random() * took * 0.8 })).said.includes('done')) killedMidway++
      expect((await run({ order, killAfter: null })).said).toContain('done')
      expect(contents(order.folder)).toEqual(expected)
      rmSync(order.folder, { recursive: true, force: true })
    }
    return { killedMidway }
  } finally {
    await platform.close()
    for (const made of folders) rmSync(made, { recursive: true, force: true })
  }
}
