import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemClock } from '../../electron/core/clock'
import { localBackups } from '../../electron/core/store/backup'
import { openStore } from '../../electron/core/store/connection'
import { run, sql } from '../../electron/core/store/sql'
import { tasksHere } from '../../electron/core/store/tasks/run-task'
import { longestBlock } from '../support/core-block'
import { makeLocal } from '../support/large-local'
import { storeBench, TEST_KEY } from '../support/store-in-folder'
import { sourceThreads } from '../support/store-threads'

const bench = storeBench()
const LONGEST_MS = 50

it('a local.db of 500 MB is checked and copied, and written to beside, without holding up the core', async () => {
  const folder = bench.folder()
  makeLocal({ folder, key: TEST_KEY, bytes: 500_000_000 })
  for (let round = 0; round < 3; round++) {
    const store = openStore({ folder, key: TEST_KEY, clock: systemClock, tasks: sourceThreads() })
    expect(store.isBeingChecked()).toBe(true)
    const check = await longestBlock(() => store.checkLocal())
    // What the machine itself does to a thread that has nothing to do is no fault of the work.
    const idle = await longestBlock(() => new Promise((resolve) => setTimeout(resolve, check.took)))
    const most = Math.max(LONGEST_MS, 1.5 * idle.block)
    let written = 0
    const timer = setInterval(() => {
      run(store.local, sql`INSERT OR REPLACE INTO preference (key, value) VALUES ('beside', ${String(++written)})`)
    }, 50)
    const backup = await longestBlock(() => store.backupDaily())
    clearInterval(timer)
    store.close()
    console.log(
      `idle: ${idle.block.toFixed(0)} ms; check: ${check.block.toFixed(0)} ms of ${check.took.toFixed(0)}; backup: ${backup.block.toFixed(0)} ms of ${backup.took.toFixed(0)}`,
    )
    expect(localBackups(folder)).toHaveLength(1)
    expect(written).toBeGreaterThan(3)
    expect(check.block).toBeLessThanOrEqual(most)
    expect(backup.block).toBeLessThanOrEqual(most)
    rmSync(join(folder, 'backups'), { recursive: true })
  }
})

it('no write is accepted by a large local.db while any of 200 flipped bytes is in it', async () => {
  const folder = bench.folder()
  const path = makeLocal({ folder, key: TEST_KEY, bytes: 6_000_000 })
  const whole = readFileSync(path)
  let accepted = 0
  for (let round = 0; round < 200; round++) {
    const bytes = Buffer.from(whole)
    const at = Math.floor(((round + Math.random()) / 200) * bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (round % 8))
    writeFileSync(path, bytes)
    for (const name of readdirSync(folder)) if (!/^local\.db$/.test(name)) rmSync(join(folder, name), { recursive: true, force: true })
    try {
      const store = openStore({ folder, key: TEST_KEY, clock: systemClock, tasks: tasksHere })
      try {
        await store.checkLocal()
        run(store.local, sql`INSERT INTO preference (key, value) VALUES ('mine', '1')`)
        accepted++
      } finally {
        store.close()
      }
    } catch (error) {
      expect(error).toMatchObject({ code: 'storage' })
    }
  }
  expect(accepted).toBe(0)
})
