import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pathOfUrl, serveApp } from '../../electron/shell/app-protocol'
import { contentSecurityPolicy, readStyleHashes } from '../../electron/shell/security/csp'

const folder = mkdtempSync(join(tmpdir(), 'partner-console-protocol-'))
const pages = join(folder, 'renderer')
const csp = contentSecurityPolicy(['sha256-AAAA='])
const ask = (url: string, method = 'GET') => serveApp({ folder: pages, csp })(new Request(url, { method }))

beforeAll(() => {
  mkdirSync(join(pages, 'assets'), { recursive: true })
  writeFileSync(join(pages, 'index.html'), '<!doctype html>page')
  writeFileSync(join(pages, 'assets', 'a.js'), 'export {}')
  writeFileSync(join(pages, 'notes.exe'), 'x')
  writeFileSync(join(folder, 'secret.json'), '{}')
  mkdirSync(join(folder, 'renderer-other'))
  writeFileSync(join(folder, 'renderer-other', 'b.js'), 'x')
  symlinkSync(join(folder, 'secret.json'), join(pages, 'link.json'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('app://console', () => {
  it('serves its files by their type', async () => {
    const page = await ask('app://console/')
    expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<!doctype html>page',
    ])
    expect((await ask('app://console/assets/a.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  it('serves the one page for every screen', async () => {
    expect(await (await ask('app://console/clients/c1/k1?tab=notes')).text()).toContain('page')
  })

  const outside = [
    'app://console/../secret.json',
    'app://console/%2e%2e/secret.json',
    'app://console/..%2fsecret.json',
    'app://console/%2e%2e%2fsecret.json',
    'app://console/assets/..%2f..%2fsecret.json',
    'app://console/..%5csecret.json',
    'app://console/..\\secret.json',
    'app://console/assets/%00a.js',
    'app://console/a.js%00.html',
    'app://console/%252e%252e/secret.json',
    'app://console//etc/passwd.json',
    'app://console/C:/secret.json',
    'app://console/%zz.js',
    'app://console/link.json',
    'app://console/..%2frenderer-other%2fb.js',
    'app://console/notes.exe',
    'app://console/assets/missing.js',
    'app://elsewhere/index.html',
  ]
  it.each(outside)('gives nothing for %s', async (url) => {
    const answer = await ask(url)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toBe('')
  })

  it('never leads out of its folder, whatever the path', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.constantFrom('..', '.', '%2e', '%2e%2e', '%2f', '\\', '%5c', '%00', 'a.js', ''), fc.string({ maxLength: 6 })),
          { maxLength: 8 },
        ),
        (parts) => {
          const url = `app://console/${parts.join('/')}`
          const path = URL.canParse(url) ? pathOfUrl(url) : null
          expect(path === null || !path.split(/[/\\]/).includes('..')).toBe(true)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('takes no other method', async () => {
    expect((await ask('app://console/', 'POST')).status).toBe(405)
  })

  it('puts every answer under the policy, refusals included', async () => {
    for (const answer of [await ask('app://console/'), await ask('app://console/../x.js'), await ask('app://console/', 'DELETE')]) {
      expect(answer.headers.get('content-security-policy')).toBe(csp)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    }
  })
})

describe('the policy', () => {
  it('allows nothing unsafe and nobody else', () => {
    expect(csp).not.toMatch(/unsafe|\*|https?:|blob:/)
    expect(csp).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'sha256-AAAA='; /)
  })

  it('takes only hashes from the build', () => {
    const file = join(folder, 'hashes.json')
    writeFileSync(file, JSON.stringify({ styles: ["'unsafe-inline'", 'sha256-AAAA=', 7, "sha256-x'; script-src *"] }))
    expect(readStyleHashes(file)).toEqual(['sha256-AAAA='])
    expect(readStyleHashes(join(folder, 'none.json'))).toEqual([])
  })
})
