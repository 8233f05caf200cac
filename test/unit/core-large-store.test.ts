import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openFile } from '../../electron/core/store/open-file'
import { tasksHere } from '../../electron/core/store/tasks/run-task'
import type { TaskRunner } from '../../electron/core/store/tasks/tasks'
import { dataFolder, dropFolder, runCore } from '../support/core-running'
import { makeLocal } from '../support/large-local'

let folder = ''
beforeEach(() => {
  folder = dataFolder()
  makeLocal({ folder, key: 'ab'.repeat(32), bytes: 6_000_000 })
})
afterEach(() => {
  dropFolder(folder)
})

/** A check that goes on until it is let go. */
const held = () => {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const run: TaskRunner['run'] = async (name, input, tell) => {
    if (name === 'check') {
      tell?.(0.4)
      await promise
    }
    return tasksHere.run(name, input, tell)
  }
  return {
    tasks: { ...tasksHere, run },
    letGo: () => {
      resolve(undefined)
    },
  }
}

it('answers from a large file while it is being checked; what is to be kept waits, and is kept', async () => {
  const { tasks, letGo } = held()
  const { core, call, events } = runCore({ folder, tasks })
  expect(await call('preferences', 'get', {})).toMatchObject({ language: 'ru' })
  expect(await call('store', 'check', {})).toEqual({ share: 0.4 })
  core.power('resume')
  let kept = false
  const set = call('preferences', 'set', { language: 'en' }).then(() => (kept = true))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(kept).toBe(false)
  letGo()
  await set
  await core.whenStarted
  expect(await call('preferences', 'get', {})).toMatchObject({ language: 'en' })
  expect(await call('store', 'check', {})).toEqual({ share: null })
  const told = events.filter(({ name }) => name === 'storeCheck').map(({ payload }) => payload)
  expect([told[0], told.at(-1)]).toEqual([{ share: 0.4 }, { share: null }])
  await core.stop()
})

it('keeps nothing in a large file that turns out to be damaged, and ends so that a person is asked', async () => {
  const path = join(folder, 'local.db')
  const bytes = readFileSync(path)
  bytes[bytes.length - 9000] = (bytes[bytes.length - 9000] ?? 0) ^ 1
  writeFileSync(path, bytes)
  const { tasks, letGo } = held()
  const { core, broken } = runCore({ folder, tasks })
  const set = core.call('preferences', 'set', { language: 'en' })
  letGo()
  expect(await set).toMatchObject({ ok: false, error: { code: 'storage' } })
  await core.whenStarted
  expect(broken).toMatchObject([{ code: 'storage', details: { reason: 'damaged', file: 'local.db' } }])
  await core.stop()
  expect(readFileSync(path).equals(bytes)).toBe(true)
})

it('says which file it is when the damage is met before the check comes to it', () => {
  const path = join(folder, 'local.db')
  const key = 'ab'.repeat(32)
  const db = openFile({ path, key, cacheKib: 1000 })
  const page = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'preference'").pluck().get() as number
  db.close()
  const bytes = readFileSync(path)
  bytes[page * 4096 - 100] = (bytes[page * 4096 - 100] ?? 0) ^ 1
  writeFileSync(path, bytes)
  expect(() => runCore({ folder })).toThrow(
    expect.objectContaining({ details: { code: 'SQLITE_CORRUPT', file: 'local.db', reason: 'damaged' } }),
  )
})

it('puts a large damaged cache aside when the damage is met before the check comes to it', async () => {
  const path = join(folder, 'cache.db')
  const first = runCore({ folder })
  await first.core.whenStarted
  await first.core.stop()
  const db = openFile({ path, key: 'ab'.repeat(32), cacheKib: 1000 })
  db.exec(
    `CREATE TABLE filling (text TEXT); INSERT INTO filling SELECT printf('%.9000c', 'x') FROM (SELECT 1 FROM sqlite_schema, sqlite_schema AS b LIMIT 1200)`,
  )
  const pages = db.prepare("SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'dataset_state' AND rootpage > 0").pluck().all() as number[]
  db.close()
  const bytes = readFileSync(path)
  for (const page of pages) bytes[page * 4096 - 100] = (bytes[page * 4096 - 100] ?? 0) ^ 1
  writeFileSync(path, bytes)
  const { core, call, broken } = runCore({ folder })
  await core.whenStarted
  const told = broken.length > 0 ? null : await call('store', 'notices', {})
  await core.stop()
  // Met by the check or by whoever reads first: the next opening has put it aside at the latest.
  const again = runCore({ folder })
  await again.core.whenStarted
  expect(told ?? (await again.call('store', 'notices', {}))).toMatchObject([{ kind: 'cache-set-aside', reason: 'damaged' }])
  expect(again.broken).toEqual([])
  await again.core.stop()
})
