import { copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeFindings } from '../support/axe'
import { startConsole, type RunningConsole } from '../support/console-process'
import { startPlatformProcess } from '../support/platform-process'
import { state } from '../support/platform-rows'
import { goTo, heading, openClient, synced, tab } from '../support/screens'
import { until } from '../support/waiting'
import { defaults, patient, shoot } from '../support/world'

const SENT = 'Отправлено после копии'
const words = {
  ru: {
    title: 'Файл данных повреждён',
    damaged: /Резервная копия от .* тоже повреждена и не предлагается/,
    take: /^Продолжить с этим: Резервная копия/,
    lacks: /Пропад(?:[её]т|ут) \d+ запис/,
  },
  en: {
    title: 'The data file is damaged',
    damaged: /The backup of .* is damaged too and is not offered/,
    take: /^Go on with this: Backup/,
    lacks: /Lost would be \d+ record/,
  },
}
let platform: Awaited<ReturnType<typeof startPlatformProcess>>
let app: RunningConsole
let whole: Buffer

const file = (...names: string[]): string => join(app.userDataDir, ...names)
const backups = (): string[] => readdirSync(file('backups')).filter((name) => /^local-\d.*\.db$/.test(name))
const started = async (language: 'ru' | 'en' = 'ru'): Promise<Page> => {
  app = patient(await app.restart({ args: [`--lang=${language}`] }))
  return app.page
}
const notesSent = async (): Promise<number> => (await state(platform, 'note')).filter(({ text }) => text === SENT).length
const flip = (bytes: Buffer): Buffer => {
  const flipped = Buffer.from(bytes)
  flipped[flipped.length - 3000] = (flipped[flipped.length - 3000] ?? 0) ^ 1
  return flipped
}

/** A backup that holds a note waiting to be sent, which is sent after it was made; and one that is damaged. */
beforeAll(async () => {
  platform = await startPlatformProcess({ ...defaults, clients: 5 })
  app = patient(await startConsole({ platform, args: ['--lang=ru'] }))
  await synced(app.page)
  const [client] = await state(platform, 'client')
  await until('a backup', () => (backups().length > 0 ? true : null))
  await platform.down()
  const { page } = app
  await openClient(page, client?.name ?? '')
  await tab(page, 'Примечания')
  await page.getByRole('button', { name: 'Добавить примечание', exact: true }).first().click()
  await page.getByLabel('Текст примечания').fill(SENT)
  await page.getByRole('form', { name: 'Новое примечание' }).getByRole('button', { name: 'Принять' }).click()
  await page.getByRole('article').filter({ hasText: SENT }).waitFor()
  await app.quit()
  for (const name of backups()) rmSync(file('backups', name))
  await started()
  await until('a backup with the note in it', () => (backups().length > 0 ? true : null), 60_000)
  await platform.up()
  await until('the note to be on the platform', async () => ((await notesSent()) === 1 ? true : null), 60_000)
  await synced(app.page, 60_000)
  await app.quit()
  whole = readFileSync(file('local.db'))
  const [good = ''] = backups()
  const bad = 'local-000000000001-2026-01-02.db'
  copyFileSync(file('backups', good), file('backups', bad))
  writeFileSync(file('backups', bad), flip(readFileSync(file('backups', good))))
}, 240_000)
afterAll(async () => {
  await app.dispose()
  await platform.stop()
})

const damages = [
  { name: 'a flipped byte', make: () => flip(whole), language: 'ru', theme: 'light' },
  { name: 'cut in the middle', make: () => whole.subarray(0, Math.floor(whole.length / 2) + 7), language: 'en', theme: 'dark' },
  { name: 'cut within its first page', make: () => whole.subarray(0, 300), language: 'en', theme: 'light' },
  { name: 'another header', make: () => Buffer.concat([Buffer.alloc(100, 0xa5), whole.subarray(100)]), language: 'ru', theme: 'dark' },
] as const

test.each(damages)('X1 offline: a damaged data file ($name) is offered its backup, with what that lacks, in $language', async (damage) => {
  await app.quit()
  const bytes = damage.make()
  writeFileSync(file('local.db'), bytes)
  // As the last start left it: what a person prefers lies in the file that cannot be read.
  const bounds = { x: 0, y: 0, width: 1440, height: 900 }
  writeFileSync(file('window.json'), JSON.stringify({ bounds, maximized: false, language: damage.language, theme: damage.theme }))
  const page = await started(damage.language)
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe(damage.theme)
  const { title, damaged, take, lacks } = words[damage.language]
  await heading(page, title).waitFor()
  const offer = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: take }) })
  await offer.waitFor()
  expect(await offer.count()).toBe(1)
  expect(await offer.innerText()).toMatch(lacks)
  expect(await offer.innerText()).toContain(`«${SENT}»`)
  await page.getByText(damaged).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await shoot(page, `data file ${damage.name}`)
  // Nothing was decided: nothing was changed, and nothing was sent.
  expect(readFileSync(file('local.db')).equals(bytes)).toBe(true)
  expect(await notesSent()).toBe(1)
})

test('X1 offline: what waited in a backup and was sent since is not sent again, and the damaged file stays beside', async () => {
  await app.quit()
  const bytes = readFileSync(file('local.db'))
  const page = await started()
  await page.getByRole('button', { name: words.ru.take }).click()
  await heading(page, 'Общая информация').waitFor()
  const told = page.getByRole('status').filter({ hasText: 'Файл данных взят из резервной копии' })
  await told.filter({ hasText: SENT }).waitFor()
  await shoot(page, 'after a backup was taken')
  await told.getByRole('button', { name: 'Закрыть' }).click()
  await synced(page, 60_000)
  await goTo(page, '/outbox')
  await heading(page, 'Исходящие').waitFor()
  await until('the outbox to be empty', async () => ((await page.getByText(SENT).count()) === 0 ? true : null), 60_000)
  expect(await notesSent()).toBe(1)
  const aside = readdirSync(app.userDataDir).filter((name) => name.startsWith('local.db.damaged-'))
  expect(aside.map((name) => readFileSync(file(name)).equals(bytes))).toContain(true)
  app.watch.mustBeClean()
})
