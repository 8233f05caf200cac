import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../electron/core/clock'
import { localBackups, restoreLocalBackup } from '../../electron/core/store/backup'
import { AppError } from '../../shared/errors'
import { openStore, prepareStore, type Store } from '../../electron/core/store/connection'
import { localMigrations } from '../../electron/core/store/migrations'
import { all, get, run, sql } from '../../electron/core/store/sql'
import { tasksHere } from '../../electron/core/store/tasks/run-task'
import { taskThreads } from '../../electron/core/store/tasks/threads'
import type { TaskRunner } from '../../electron/core/store/tasks/tasks'
import { damagedPages } from '../../electron/core/store/verify'
import { longestBlock } from '../support/core-block'
import { makeLocal } from '../support/large-local'
import { storeBench, TEST_KEY } from '../support/store-in-folder'
import { sourceThreads } from '../support/store-threads'

const bench = storeBench()
const LARGE = 6_000_000
const openWith = (folder: string, tasks: TaskRunner = sourceThreads()): Store =>
  openStore({ folder, key: TEST_KEY, clock: systemClock, tasks })
const write = (store: Store, name: string): unknown =>
  run(store.local, sql`INSERT OR REPLACE INTO preference (key, value) VALUES (${name}, '1')`)
const written = (store: Store): string[] =>
  all<{ key: string }>(store.local, sql`SELECT key FROM preference WHERE key LIKE 'mine%' ORDER BY key`).map(({ key }) => key)
const large = (bytes = LARGE): string => {
  const folder = bench.folder()
  makeLocal({ folder, key: TEST_KEY, bytes })
  return folder
}
/** What a call is refused with. */
const refused = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    const { code, details } = error as { code?: string; details?: { reason?: string } }
    return [code, details?.reason]
  }
  return 'accepted'
}
const being = ['storage', 'being-checked']
const damage = { code: 'storage', details: { reason: 'damaged', file: 'local.db' } }

describe('a large local.db', () => {
  it('is read at once, and accepts nothing before it was read through', async () => {
    const folder = large()
    const store = openWith(folder)
    expect(get(store.local, sql`SELECT 1 AS one FROM local_note WHERE uid = 'filling 7'`)).toEqual({ one: 1 })
    expect(refused(() => write(store, 'mine'))).toEqual(being)
    const shares: number[] = []
    await store.checkLocal((share) => shares.push(share))
    write(store, 'mine')
    expect(written(store)).toEqual(['mine'])
    expect(store.checkedShare()).toBeNull()
    store.close()
  })

  it(
    'accepts nothing while any of 20 flipped bytes is in it, and is refused at once by the next opening',
    { timeout: 60_000 },
    async () => {
      const folder = large()
      const path = join(folder, 'local.db')
      const whole = readFileSync(path)
      let [behind, opened] = [0, 0]
      for (let round = 0; round < 20; round++) {
        const bytes = Buffer.from(whole)
        const at = Math.floor(((round + 0.5) / 20) * bytes.length)
        bytes[at] = (bytes[at] ?? 0) ^ 0x10
        writeFileSync(path, bytes)
        let store!: Store
        const found = refused(() => (store = openWith(folder, tasksHere)))
        if (found !== 'accepted') opened++
        else {
          expect(refused(() => write(store, 'mine'))).toEqual(being)
          await expect(store.checkLocal()).rejects.toMatchObject(damage)
          expect(refused(() => write(store, 'mine'))).toEqual(being)
          store.close()
          behind++
        }
        expect(refused(() => openWith(folder, tasksHere))).toEqual(['storage', expect.stringMatching(/damaged$/)])
        expect(readFileSync(path).equals(bytes)).toBe(true)
      }
      expect(behind + opened).toBe(20)
      expect(behind).toBeGreaterThan(15)
      // A whole file in its place is not taken for the damaged one.
      writeFileSync(path, whole)
      const again = openWith(folder, tasksHere)
      await again.checkLocal()
      write(again, 'mine')
      again.close()
    },
  )

  it('is brought to the newest version beforehand, checked and copied in another thread', async () => {
    const folder = bench.folder()
    const path = makeLocal({ folder, key: TEST_KEY, bytes: LARGE, steps: localMigrations.length - 1 })
    const before = readFileSync(path)
    const tasks = sourceThreads()
    expect(await prepareStore({ folder, key: TEST_KEY, clock: systemClock, tasks })).toBe(true)
    const store = openStore({ folder, key: TEST_KEY, clock: systemClock, tasks, localChecked: true })
    expect(store.isBeingChecked()).toBe(false)
    write(store, 'mine')
    store.close()
    const copy = join(folder, 'backups', `local-before-v${String(localMigrations.length)}.db`)
    expect(readFileSync(copy).equals(before)).toBe(true)
    expect(await prepareStore({ folder, key: TEST_KEY, clock: systemClock, tasks })).toBe(false)
  })

  it('of an older version that is damaged gets no step', async () => {
    const folder = bench.folder()
    const path = makeLocal({ folder, key: TEST_KEY, bytes: LARGE, steps: localMigrations.length - 1 })
    const bytes = readFileSync(path)
    bytes[bytes.length - 9000] = (bytes[bytes.length - 9000] ?? 0) ^ 1
    writeFileSync(path, bytes)
    const asked = { folder, key: TEST_KEY, clock: systemClock, tasks: tasksHere }
    await expect(prepareStore(asked)).rejects.toMatchObject(damage)
    expect(refused(() => openStore(asked))).toEqual(['storage', 'damaged'])
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  it('is checked and copied beside the core, which does not wait for it', { timeout: 60_000 }, async () => {
    const folder = large(48_000_000)
    const began = performance.now()
    damagedPages({ path: join(folder, 'local.db'), key: TEST_KEY })
    const alone = performance.now() - began
    const store = openWith(folder)
    const check = await longestBlock(() => store.checkLocal())
    write(store, 'mine')
    const backup = await longestBlock(() => store.backupDaily())
    store.close()
    expect(localBackups(folder)).toHaveLength(1)
    // On a busy machine everything takes longer; on this thread it would take all of that time.
    expect([check.block, backup.block].filter((block) => block > Math.max(50, alone / 2))).toEqual([])
  })
})

it('is checked even where no thread can be had', async () => {
  const folder = large()
  const store = openWith(folder, taskThreads(new URL('no-such-worker.js', import.meta.url)))
  await store.checkLocal()
  write(store, 'mine')
  store.close()
})

describe('a backup', () => {
  it('made while it is written to is the file as it was at one moment', { timeout: 60_000 }, async () => {
    const folder = large()
    const store = openWith(folder)
    await store.checkLocal()
    const state = { going: true }
    const made = store.backupDaily().finally(() => (state.going = false))
    for (let count = 0; state.going; count++) {
      write(store, `mine ${String(count).padStart(6, '0')}`)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await made
    const last = written(store).length
    store.close()
    restoreLocalBackup({ folder, key: TEST_KEY, clock: systemClock })
    const restored = openWith(folder)
    await restored.checkLocal()
    expect(restored.local.pragma('integrity_check', { simple: true })).toBe('ok')
    const kept = written(restored)
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.length).toBeLessThanOrEqual(last)
    expect(kept).toEqual(kept.map((_, index) => `mine ${String(index).padStart(6, '0')}`))
    restored.close()
  })

  it('that is broken off, or finds no room, leaves the older ones and no half file', { timeout: 60_000 }, async () => {
    const folder = large()
    let day = Date.parse('2026-03-01T10:00:00Z')
    const clock = { ...systemClock, now: () => day }
    const tasks = sourceThreads()
    const store = openStore({ folder, key: TEST_KEY, clock, tasks })
    await store.checkLocal()
    write(store, 'mine')
    await store.backupDaily()
    const first = localBackups(folder)
    day += 86_400_000
    write(store, 'mine too')
    const made = store.backupDaily()
    await tasks.stop()
    await expect(made).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(join(folder, 'backups'))).toEqual(first)
    const next = first[0]?.replace(/\d{12}-.*$/, '000000000002-2026-03-02.db') ?? ''
    symlinkSync('/dev/full', join(folder, 'backups', `${next}.part`))
    await expect(store.backupDaily()).rejects.toMatchObject({ code: 'disk-full' })
    expect(readdirSync(join(folder, 'backups'))).toEqual(first)
    await store.backupDaily()
    expect(localBackups(folder)).toEqual([next, ...first])
    store.close()
  })

  it('renewed after something was forgotten, and broken off, is renewed at the next round', async () => {
    const folder = large()
    let breaks = false
    const brokenOff = new AppError('cancelled', 'stopped')
    const run: TaskRunner['run'] = (name, ...rest) =>
      breaks && name === 'keepCopy' ? Promise.reject(brokenOff) : tasksHere.run(name, ...rest)
    const store = openWith(folder, { ...tasksHere, run })
    await store.checkLocal()
    write(store, 'mine')
    await store.backupDaily()
    const older = localBackups(folder)
    write(store, 'mine too')
    breaks = true
    await expect(store.renewBackups()).rejects.toBe(brokenOff)
    expect(localBackups(folder)).toEqual(older)
    breaks = false
    await store.backupDaily()
    expect(readdirSync(join(folder, 'backups'))).toHaveLength(1)
    expect(localBackups(folder)).not.toEqual(older)
    store.close()
  })

  it('that a kill left half-written is no backup', () => {
    const folder = large()
    mkdirSync(join(folder, 'backups'))
    const half = join(folder, 'backups', 'local-000000000009-2026-03-01.db.part')
    writeFileSync(half, readFileSync(join(folder, 'local.db')).subarray(0, 40_960))
    expect(localBackups(folder)).toEqual([])
    openWith(folder).close()
    expect(existsSync(half)).toBe(false)
  })
})
