import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepDatabaseKey, loadDatabaseKey } from '../../electron/shell/secrets/database-key'
import { decodeRecoveryCode, encodeRecoveryCode } from '../../electron/shell/secrets/recovery-code'
import { newPassphraseParams, openPassphraseBox } from '../../electron/shell/secrets/passphrase-box'
import { openSecretBox, type SecretBox } from '../../electron/shell/secrets/secret-box'

const key = 'ab'.repeat(32)
const reverse = (text: string) => [...text].reverse().join('')
const box: SecretBox = {
  backend: 'system',
  wrap: (plain) => Promise.resolve(reverse(plain)),
  unwrap: (wrapped) => Promise.resolve(reverse(wrapped)),
}
const broken: SecretBox = { ...box, unwrap: () => Promise.reject(new Error('another keyring')) }
const none: SecretBox = { backend: 'none', wrap: () => Promise.reject(new Error('no')), unwrap: () => Promise.reject(new Error('no')) }

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'partner-console-keys-'))
  file = join(folder, 'data', 'keys.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const load = (more: Partial<Parameters<typeof loadDatabaseKey>[0]> = {}) =>
  loadDatabaseKey({ file, box, randomKey: () => key, recovered: null, hasStore: false, opens: () => true, ...more })

describe('the key of the local store', () => {
  it('is made once, kept wrapped and found again', async () => {
    expect(await load()).toEqual({ state: 'ready', key })
    expect(await load({ randomKey: () => 'another' })).toEqual({ state: 'ready', key })
    expect(readFileSync(file, 'utf8')).not.toContain(key)
    expect(statSync(file).mode & 0o077).toBe(0)
  })

  it('is lost, and not made anew, when the system gives out another secret', async () => {
    await load()
    const before = readFileSync(file, 'utf8')
    expect(await load({ box: broken })).toEqual({ state: 'lost' })
    expect(await load({ box: none })).toEqual({ state: 'lost' })
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it('is lost when its file is no key file', async () => {
    await load()
    writeFileSync(file, '{}')
    expect(await load()).toEqual({ state: 'lost' })
    writeFileSync(file, 'torn')
    expect(await load()).toEqual({ state: 'lost' })
  })

  it('is lost, and not made anew, where its file is gone and the data are there', async () => {
    expect(await load({ hasStore: true })).toEqual({ state: 'lost' })
    expect(existsSync(file)).toBe(false)
  })

  it('is lost where it opens nothing, and a recovery code of other data replaces nothing', async () => {
    await load()
    const before = readFileSync(file, 'utf8')
    const own = { hasStore: true, opens: (one: string) => one === 'ef'.repeat(32) }
    expect(await load(own)).toEqual({ state: 'lost' })
    expect(await load({ ...own, recovered: 'cd'.repeat(32) })).toEqual({ state: 'lost' })
    expect(readFileSync(file, 'utf8')).toBe(before)
    expect(await load({ ...own, recovered: 'ef'.repeat(32) })).toEqual({ state: 'ready', key: 'ef'.repeat(32) })
  })

  it('keeps every key file that stood there before', async () => {
    const kept = (name: string): unknown => (JSON.parse(readFileSync(name, 'utf8')) as { wrapped: string }).wrapped
    for (const one of ['11', '22', '33']) await keepDatabaseKey(file, one.repeat(32), { box })
    expect([kept(file), kept(`${file}.before`), kept(`${file}.before-2`)]).toEqual(['33', '11', '22'].map((one) => one.repeat(32)))
  })

  it('comes back with the recovery code, and stays', async () => {
    await load()
    const other = 'cd'.repeat(32)
    expect(await load({ box, recovered: other })).toEqual({ state: 'ready', key: other })
    expect(await load()).toEqual({ state: 'ready', key: other })
  })

  it('is for the moment only where the system keeps no secrets', async () => {
    expect(await load({ box: none })).toEqual({ state: 'none' })
    expect(existsSync(file)).toBe(false)
  })
})

describe('a recovery code', () => {
  const hexKey = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'))

  it('gives the same key back, however it is typed', () => {
    fc.assert(
      fc.property(hexKey, (one) => {
        const code = encodeRecoveryCode(one)
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){10}[0-9A-HJKMNP-TV-Z]{5}$/)
        expect(decodeRecoveryCode(code)).toBe(one)
        expect(decodeRecoveryCode(` ${code.toLowerCase().replaceAll('-', ' ')}\n`)).toBe(one)
        expect(decodeRecoveryCode(code.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(one)
      }),
    )
  })

  it('with any one letter wrong is refused, the last one too', () => {
    const code = encodeRecoveryCode(key).replaceAll('-', '')
    const taken = [...code].flatMap((right, at) =>
      [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']
        .filter((letter) => letter !== right)
        .map((wrong) => `${code.slice(0, at)}${wrong}${code.slice(at + 1)}`)
        .filter((slip) => decodeRecoveryCode(slip) !== null),
    )
    expect(taken).toEqual([])
    for (const bad of ['', 'short', '!'.repeat(55), code.slice(1), `${code}0`]) expect(decodeRecoveryCode(bad)).toBeNull()
  })
})

describe('the place for secrets', () => {
  const storage = (backend: string, available = true) => ({
    isAsyncEncryptionAvailable: () => Promise.resolve(available),
    encryptStringAsync: (plain: string) => Promise.resolve(Buffer.from(reverse(plain))),
    decryptStringAsync: (wrapped: Buffer) => Promise.resolve({ shouldReEncrypt: false, result: reverse(wrapped.toString()) }),
    getSelectedStorageBackend: () => backend as 'gnome_libsecret',
  })
  const backendOf = async (backend: string, platform: string, more: { isStandin?: boolean; available?: boolean } = {}) =>
    (await openSecretBox({ safeStorage: storage(backend, more.available), platform, isStandin: more.isStandin ?? false })).backend

  it("is the system's where that keeps secrets, and none where it only pretends", async () => {
    expect(await backendOf('gnome_libsecret', 'linux')).toBe('system')
    expect(await backendOf('kwallet6', 'linux')).toBe('system')
    expect(await backendOf('basic_text', 'linux')).toBe('none')
    expect(await backendOf('unknown', 'linux')).toBe('none')
    expect(await backendOf('', 'win32')).toBe('system')
    expect(await backendOf('', 'darwin', { available: false })).toBe('none')
    expect(await backendOf('', 'linux', { isStandin: true })).toBe('development-key-file')
  })

  it('wraps and unwraps, and says when the key is lost', async () => {
    const opened = await openSecretBox({ safeStorage: storage('kwallet'), platform: 'linux', isStandin: false })
    expect(await opened.unwrap(await opened.wrap('токен'))).toBe('токен')
    const lost = { ...storage('kwallet'), decryptStringAsync: () => Promise.reject(new Error('x')) }
    const shut = await openSecretBox({ safeStorage: lost, platform: 'linux', isStandin: false })
    await expect(shut.unwrap('AAAA')).rejects.toMatchObject({ code: 'storage', details: { reason: 'key-lost' } })
  })
})

describe('what a passphrase wraps', () => {
  it('is opened by the same passphrase, however its letters were composed, and by no other', async () => {
    const params = newPassphraseParams()
    const box = await openPassphraseBox('Ёлка и йод', params)
    const wrapped = await box.wrap(key)
    expect(wrapped).not.toContain(key)
    expect(await box.wrap(key)).not.toBe(wrapped)
    expect(await (await openPassphraseBox('Ёлка и йод'.normalize('NFD'), params)).unwrap(wrapped)).toBe(key)
    await expect((await openPassphraseBox('Ёлка и иод', params)).unwrap(wrapped)).rejects.toMatchObject({ details: { reason: 'key-lost' } })
    await expect((await openPassphraseBox('Ёлка и йод', newPassphraseParams())).unwrap(wrapped)).rejects.toThrow()
    const bytes = Buffer.from(wrapped, 'base64')
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      await expect(box.unwrap(changed.toString('base64')), `byte ${String(at)}`).rejects.toThrow()
    }
    for (const torn of ['', 'AAAA', wrapped.slice(0, 20)]) await expect(box.unwrap(torn)).rejects.toThrow()
  })

  it('is found again as such, with how it was made; what stood there before stays beside it', async () => {
    const params = newPassphraseParams()
    await load()
    await keepDatabaseKey(file, key, { box: { ...box, backend: 'passphrase' }, params })
    expect(await load({ box: none })).toEqual({ state: 'passphrase', wrapped: reverse(key), params })
    expect(JSON.parse(readFileSync(`${file}.before`, 'utf8'))).toMatchObject({ backend: 'system' })
  })
})
