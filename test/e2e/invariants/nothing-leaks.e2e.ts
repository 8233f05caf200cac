import { createSocket } from 'node:dgram'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { filesIn } from '../support/left-files'
import { beginExports } from '../support/exports'
import { mutate, state } from '../support/platform-rows'
import { goTo, heading, openClient, synced, tab } from '../support/screens'
import { tempFolder } from '../support/temp-folder'
import { useWorld } from '../support/world'

/** A temporary folder of its own for the program: whatever it spills there is found, and nobody else's. */
const temp = tempFolder('spill')
const CANARY = {
  name: 'ООО «Канарейка Тестовая»',
  text: 'Секретная договорённость 7731',
  email: 'kanareika@canary.example',
  phone: '+79995550123',
}
const world = useWorld({
  allow: [/stranger\.example/, /Executing inline script violates/, /Refused to connect/],
  console: { args: ['--sync-interval=10'], env: { TMPDIR: temp.path, TMP: temp.path, TEMP: temp.path } },
  before: async (platform) => {
    const { id } = await mutate(platform, { op: 'create', dataset: 'client', fields: { name: CANARY.name } })
    const contact = { id: '00000000-0000-4000-8000-00000000c0de', username: 'Канарейкин Тест', email: CANARY.email, phone: CANARY.phone }
    await mutate(platform, { op: 'update', dataset: 'client', id: id ?? '', fields: { contact_emails: [contact] } })
    await mutate(platform, { op: 'create', dataset: 'note', fields: { client: id, text: CANARY.text } })
  },
})

afterAll(() => {
  temp.remove()
})

const encodings = (text: string): Buffer[] => [
  Buffer.from(text),
  Buffer.from(text, 'utf16le'),
  Buffer.from(encodeURIComponent(text)),
  Buffer.from(Buffer.from(text).toString('base64').replace(/=+$/, '')),
]

test('X11: over every screen the page asks nobody but the program itself', async () => {
  const { page } = world
  for (const path of ['/alerts', '/clients', '/contracts', '/plans', '/outbox', '/sync', '/settings', '/reports', '/']) {
    await goTo(page, path)
    await heading(page, /\p{L}/u).waitFor()
  }
  await openClient(page, CANARY.name)
  await page.getByText(CANARY.email).waitFor()
  await page.getByText(CANARY.phone).waitFor()
  await tab(page, 'Примечания')
  await page.getByText(CANARY.text).waitFor()
  expect(world.app.watch.strangeRequests()).toEqual([])
})

test('X11: the page cannot send anything past the program by WebRTC', async () => {
  const { page } = world
  const heard: string[] = []
  const stranger = createSocket('udp4', (packet) => void heard.push(packet.toString('hex')))
  await new Promise<void>((resolve) => stranger.bind(0, '127.0.0.1', resolve))
  try {
    const candidates = await page.evaluate(async (port) => {
      const link = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${String(port)}` }] })
      const found: string[] = []
      const done = new Promise<void>((resolve) => {
        link.onicecandidate = ({ candidate }) => void (candidate === null ? resolve() : found.push(candidate.candidate))
      })
      link.createDataChannel('x')
      await link.setLocalDescription(await link.createOffer())
      await done
      link.close()
      return found.filter((candidate) => / udp /i.test(candidate))
    }, stranger.address().port)
    expect([candidates, heard]).toEqual([[], []])
  } finally {
    stranger.close()
  }
})

test('X11: the page cannot be made to ask anyone else, nor to run what came from elsewhere', async () => {
  const { page } = world
  const tried = await page.evaluate(async () => {
    const reached = async (run: () => Promise<unknown>): Promise<boolean> =>
      run().then(
        () => true,
        () => false,
      )
    const load = (tag: 'img' | 'script', url: string) =>
      new Promise((resolve, reject) => {
        const element = Object.assign(document.createElement(tag), { onload: resolve, onerror: reject, src: url })
        document.head.append(element)
      })
    return {
      fetch: await reached(() => fetch('https://stranger.example/')),
      image: await reached(() => load('img', 'https://stranger.example/a.png')),
      script: await reached(() => load('script', 'https://stranger.example/a.js')),
      inline: await reached(() => {
        document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.inlineRan = true' }))
        return 'inlineRan' in window ? Promise.resolve() : Promise.reject(new Error('did not run'))
      }),
    }
  })
  expect(tried).toEqual({ fetch: false, image: false, script: false, inline: false })
  expect(world.app.watch.strangeRequests()).toEqual([])
})

test('X11: the page can open no window', async () => {
  await world.page.evaluate(() => void window.open('https://stranger.example/'))
  expect(await world.app.seen('window-open')).toMatchObject({ allowed: false })
  await expect.poll(() => world.app.desktop.windows()).toHaveLength(1)
  await expect.poll(() => world.page.context().pages().length).toBe(1)
})

test('X11: no token, e-mail, phone, name or note in plain text in the data folder, the temporary folder or the log', async () => {
  const accounts = await state(world.platform, 'account')
  const known = accounts.flatMap(({ email, phone }) => [email, phone]).filter((one) => one !== null)
  const secrets = [world.platform.token, ...Object.values(CANARY), ...known]
  await synced(world.page)
  // An export is kept, and holds everybody's names: only the place that was chosen has it in plain.
  const chosen = join(world.app.userDataDir, '..', 'chosen.csv')
  await beginExports(world.app, [chosen])
  await expect.poll(() => existsSync(chosen)).toBe(true)
  expect(readFileSync(chosen).includes(CANARY.name)).toBe(true)
  await world.app.quit()
  expect(filesIn(world.app.userDataDir).some((file) => file.endsWith('.kept'))).toBe(true)
  const files = [...filesIn(world.app.userDataDir), ...filesIn(temp.path)]
  expect(files.some((file) => /\.db$/.test(file))).toBe(true)
  const found: string[] = []
  for (const file of files) {
    const bytes = readFileSync(file)
    for (const secret of secrets) if (encodings(secret).some((one) => bytes.includes(one))) found.push(`${secret} in ${file}`)
  }
  expect(found).toEqual([])
})
