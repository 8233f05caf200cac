import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startConsole, type RunningConsole } from '../e2e/support/console-process'
import { readEndpointFile } from '../e2e/support/desktop-driver'
import { repository } from '../e2e/support/repository'
import { until } from '../e2e/support/waiting'

/** An ordinary program for Electron, kept as text so that the rules for our own code leave it alone. */
const source = fileURLToPath(new URL('./standin-program', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'partner-console-standin-program-'))
for (const name of readdirSync(source)) copyFileSync(join(source, name), join(folder, name.replace(/\.txt$/, '')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const main = join(folder, 'main.mjs')
/** What the program put on its page, as the page sees it. */
interface PageApi {
  nested: { deep: { ask(value: unknown): Promise<unknown> } }
  fail(): Promise<unknown>
  missing(): Promise<unknown>
  fork(value: unknown): Promise<unknown>
  save(): Promise<unknown>
  main(what: string): Promise<unknown>
  requireFs(): string
  loud(): string
}
type PageWindow = { api: PageApi; ticks: unknown[] }
const notes = (program: RunningConsole) => readFileSync(join(program.userDataDir, 'main.log'), 'utf8').split('\n')
const noted = (program: RunningConsole, line: string) =>
  until(`the note ${line}`, () => existsSync(join(program.userDataDir, 'main.log')) && notes(program).includes(line))
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return !/\)\s+Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
const childOf = (program: RunningConsole) =>
  Number(
    notes(program)
      .find((line) => line.startsWith('child '))
      ?.slice(6),
  )
/** Every process of this program's Chromium names its profile. */
const profileOf = (program: RunningConsole): string => {
  const seen = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const lines = seen.map((pid) => (existsSync(`/proc/${pid}/cmdline`) ? tryRead(`/proc/${pid}/cmdline`) : ''))
  const children = lines.filter(
    (line) => line.includes('--user-data-dir=') && line.includes('partner-console-standin-') && !line.includes('--type='),
  )
  const own = children.find(
    (line) => line.includes('--remote-debugging-port=0') && tryRead(`${profileIn(line)}/DevToolsActivePort`).startsWith(portOf(program)),
  )
  return own === undefined ? '' : profileIn(own)
}
const tryRead = (file: string) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
const profileIn = (line: string) => /--user-data-dir=([^\0]+)/.exec(line)?.[1] ?? ''
const portOf = (program: RunningConsole) => new URL(readEndpointFile(program.userDataDir)?.cdp ?? 'http://x:1').port

describe('a program on the stand-in', () => {
  let program: RunningConsole
  beforeAll(async () => {
    program = await startConsole({ main })
    await program.page.waitForFunction(() => document.querySelector('h1')?.textContent !== '…')
  })
  afterAll(() => program.dispose())
  const inPage = <T>(work: (api: PageApi) => T | Promise<T>) => program.page.evaluate<T>(`(${work.toString()})(window.api)`)

  it('has an isolated preload, frozen functions and a secure page', async () => {
    expect(await program.page.textContent('h1')).toBe('5 undefined undefined undefined true true')
    expect(await inPage((api) => [api.requireFs(), api.loud()])).toEqual([
      'module not found: node:fs',
      'the stand-in does not implement ipcRenderer.sendSync',
    ])
  })

  it('sees app:// in every address', async () => {
    const value = { a: [1, null, undefined], at: new Date(5), big: 9007199254740993n }
    expect(value.a).toHaveLength(3)
    const answer = await inPage((api) => api.nested.deep.ask({ text: 'ё', at: new Date(5) }).then((one) => JSON.stringify(one)))
    expect(JSON.parse(answer)).toEqual({
      value: { text: 'ё', at: '1970-01-01T00:00:00.005Z' },
      url: 'app://console/',
      frame: 'app://console/',
      isMain: true,
    })
    expect(await program.page.evaluate(() => fetch('/whereami').then((one) => one.text()))).toBe('app://console/whereami')
  })

  it('passes what was thrown, and says when nobody listens', async () => {
    expect(await inPage((api) => api.fail().catch((error: Error) => error.message))).toContain('boom')
    expect(await inPage((api) => api.missing().catch((error: Error) => error.message))).toContain("No handler registered for 'nobody'")
  })

  it('sends events to the page until it stops listening', async () => {
    await program.page.waitForFunction(() => (window as unknown as PageWindow).ticks.length === 2)
    expect(await program.page.evaluate(() => (window as unknown as PageWindow).ticks)).toEqual([
      [1, true, 255],
      [2, true, 255],
    ])
  })

  it('runs utility processes with structured clone', async () => {
    const answer = await inPage((api) => api.fork({ at: new Date(1), bytes: new Uint8Array([7, 8]) }).then((one) => JSON.stringify(one)))
    expect(JSON.parse(answer)).toMatchObject({ type: 'utility', isDate: true, bytes: [7, 8] })
  })

  it.each([
    ['loud', 'app.getGPUInfo'],
    ['window', 'BrowserWindow.setKiosk'],
    ['option', 'the option kiosk of BrowserWindow'],
    ['event', "never emits app 'login'"],
  ])('throws by name on what it has not: %s', async (what, name) => {
    const message = (await program.page.evaluate(
      (one) => (window as unknown as PageWindow).api.main(one).catch((error: Error) => error.message),
      what,
    )) as string
    expect(message).toContain('stand-in')
    expect(message).toContain(name)
  })

  it('keeps the page at home and off the network', async () => {
    await program.page.evaluate(() => void (location.href = 'https://example.com/away'))
    await noted(program, 'will-navigate https://example.com/away')
    await program.page.evaluate(() => void window.open('https://example.com/popup'))
    await noted(program, 'window-open https://example.com/popup')
    expect(
      await program.page.evaluate(() =>
        fetch('https://example.com/').then(
          () => 'went',
          () => 'refused',
        ),
      ),
    ).toBe('refused')
    expect(program.page.url()).toBe('https://console.app-standin.invalid/')
    expect(await program.page.evaluate(() => navigator.permissions.query({ name: 'geolocation' }).then((one) => one.state))).toBe('denied')
  })

  it('shows what it did, and takes clicks and answers', async () => {
    await inPage((api) => Promise.all([api.main('notification'), api.main('clipboard'), api.main('external')]))
    await program.seen('notification', (event) => event['title'] === 'Hello')
    await program.seen('clipboard', (event) => event['text'] === 'copied')
    await program.seen('open-external', (event) => event['url'] === 'https://cloud.example/')
    await program.desktop.clickNotification()
    await noted(program, 'notification clicked')
    await program.desktop.clickTray()
    await program.desktop.clickTrayItem('hello')
    await program.desktop.power('suspend')
    for (const line of ['tray clicked', 'tray hello', 'suspend']) await noted(program, line)
    await expect(program.desktop.clickTrayItem('off')).rejects.toThrow('disabled')
    await program.desktop.answerDialog({ filePath: '/somewhere/there.csv' })
    expect(await inPage((api) => api.save())).toEqual({ canceled: false, filePath: '/somewhere/there.csv' })
  })

  it('keeps secrets under a key in a file that only its owner reads', async () => {
    expect(await inPage((api) => api.main('secret'))).toBe('тайна')
    expect(statSync(join(program.userDataDir, 'development.key')).mode & 0o077).toBe(0)
  })

  it('shows the page the theme that main chose', async () => {
    await inPage((api) => api.main('dark'))
    await program.page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches)
  })

  it('lets nobody in without the secret, and no page at all', async () => {
    const { url, secret } = readEndpointFile(program.userDataDir) ?? { url: '', secret: '' }
    const status = async (headers: Record<string, string>) => (await fetch(`${url}/windows`, { method: 'POST', headers })).status
    expect(await status({})).toBe(403)
    expect(await status({ 'x-standin-secret': 'x'.repeat(secret.length) })).toBe(403)
    expect(await status({ 'x-standin-secret': secret, origin: 'https://console.app-standin.invalid' })).toBe(403)
    expect(await status({ 'x-standin-secret': secret })).toBe(200)
  })

  it('is one program per data folder', async () => {
    const register = join(repository, 'scripts', 'electron-standin', 'register.mjs')
    const second = spawnSync(
      process.execPath,
      ['--import', register, main, `--user-data-dir=${program.userDataDir}`, '--headless', '--second'],
      { timeout: 20_000 },
    )
    expect(second.status).toBe(0)
    await noted(program, 'second-instance true')
  })

  it("leaves in Electron's order, and leaves nobody behind", async () => {
    const [child, profile] = [childOf(program), profileOf(program)]
    expect(isAlive(child) && existsSync(profile)).toBe(true)
    await program.quit()
    expect(notes(program).filter((line) => /quit|close/.test(line))).toEqual(['before-quit', 'close', 'will-quit', 'quit'])
    await until('the child to be gone', () => !isAlive(child))
    await until('the profile to be gone', () => !existsSync(profile))
    expect([readEndpointFile(program.userDataDir), existsSync(join(program.userDataDir, 'standin.lock'))]).toEqual([null, false])
  })
})

describe('a program that is killed', () => {
  it('takes its Chromium, its profile and its utility processes along', async () => {
    await using program = await startConsole({ main })
    await program.page.waitForFunction(() => document.querySelector('h1')?.textContent !== '…')
    await program.page.evaluate(() =>
      (window as unknown as PageWindow).api.fork({ at: new Date(1), bytes: new Uint8Array([1]) }).then(() => null),
    )
    const [child, profile] = [childOf(program), profileOf(program)]
    expect(isAlive(child) && existsSync(profile)).toBe(true)
    await program.kill9()
    await until('the child to be gone', () => !isAlive(child))
    await until('the profile to be gone', () => !existsSync(profile))
  })

  it('starts again on the same data at once', async () => {
    await using program = await startConsole({ main })
    await program.kill9()
    await using again = await program.restart()
    expect(again.isRunning()).toBe(true)
  })
})

describe('a program whose window may not close', () => {
  it('keeps it, and shows a new page when Chromium’s own window was closed', async () => {
    await using program = await startConsole({ main, args: ['--stay'] })
    await program.desktop.closeWindow()
    expect(await program.desktop.windows()).toHaveLength(1)
    await program.page.close()
    await until('the second close', () => notes(program).filter((line) => line === 'close').length === 2)
    expect(await program.desktop.windows()).toHaveLength(1)
    await program.desktop.clickTray()
    const shows = (url: string) => program.browser.contexts().some((context) => context.pages().some((page) => page.url() === url))
    await until('the new page', () => shows('https://console.app-standin.invalid/'))
  })
})
