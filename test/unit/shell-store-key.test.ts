import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { hasStore, opensStore } from '../../electron/shell/secrets/store-key'
import { encodeRecoveryCode } from '../../electron/shell/secrets/recovery-code'
import type { SecretBox } from '../../electron/shell/secrets/secret-box'
import { Workspace } from '../../electron/shell/workspace'
import { storeBench, TEST_KEY } from '../support/store-in-folder'

const bench = storeBench()
const box: SecretBox = { backend: 'system', wrap: (plain) => Promise.resolve(plain), unwrap: (wrapped) => Promise.resolve(wrapped) }
const workspaceIn = (userData: string): Workspace =>
  new Workspace({ userData, systemBox: Promise.resolve(box), recoveryCodeFile: null, isDemo: false })

it('tells the key of a store from any other, also where the first page of one file is damaged', () => {
  const folder = bench.folder()
  expect([hasStore(folder), opensStore(folder, TEST_KEY)]).toEqual([false, true])
  bench.open(folder).close()
  expect([hasStore(folder), opensStore(folder, TEST_KEY), opensStore(folder, 'ab'.repeat(32))]).toEqual([true, true, false])
  const bytes = readFileSync(join(folder, 'local.db'))
  bytes[100] = (bytes[100] ?? 0) ^ 1
  writeFileSync(join(folder, 'local.db'), bytes)
  expect(opensStore(folder, TEST_KEY)).toBe(true)
})

it('asks for the recovery code where keys.json is gone; a code of other data is refused and replaces nothing', async () => {
  const folder = bench.folder()
  bench.open(folder).close()
  const first = workspaceIn(folder)
  expect(await first.state()).toBe('key-lost')
  await expect(first.recover(encodeRecoveryCode('ab'.repeat(32)))).rejects.toMatchObject({ details: { fields: { code: 'another' } } })
  expect(() => readFileSync(join(folder, 'keys.json'))).toThrow()
  await first.recover(encodeRecoveryCode(TEST_KEY))
  expect(await first.open()).toBe(TEST_KEY)
  expect(await workspaceIn(folder).state()).toBe('ready')
})

it('starts anew without the code only when it is asked to, with a key of its own', async () => {
  const folder = bench.folder()
  bench.open(folder).close()
  const workspace = workspaceIn(folder)
  expect([await workspace.state(), workspace.startsAnew()]).toEqual(['key-lost', false])
  await workspace.startAnew()
  expect(workspace.startsAnew()).toBe(true)
  expect(await workspace.open()).not.toBe(TEST_KEY)
  rmSync(join(folder, 'keys.json'))
})
