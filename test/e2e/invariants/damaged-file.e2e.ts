import { closeSync, openSync, readdirSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
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

const NOTE = 'Ждёт отправки'
let platform: Awaited<ReturnType<typeof startPlatformProcess>>
let app: RunningConsole

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()
const restarted = async (): Promise<Page> => {
  app = patient(await app.restart())
  return app.page
}
const file = (name: string): string => join(app.userDataDir, name)
const backups = (): string[] => readdirSync(file('backups')).filter((name) => /^local-\d/.test(name) && name.endsWith('.db'))

/** Nothing begins by one click: what would be lost is named, and the words are to be typed. */
const startAnew = async (page: Page): Promise<void> => {
  await press(page, 'Начать заново')
  const dialog = page.getByRole('dialog', { name: 'Начать с пустым файлом данных?' })
  await dialog.getByText(/подключения с их токенами: 1/).waitFor()
  const act = dialog.getByRole('button', { name: 'Начать заново', exact: true })
  expect(await act.isDisabled()).toBe(true)
  expect(await axeFindings(page)).toEqual([])
  await shoot(page, 'data file start anew')
  await dialog.getByRole('textbox').fill('начать заново')
  await act.click()
}

beforeAll(async () => {
  platform = await startPlatformProcess({ ...defaults, clients: 5 })
  app = patient(await startConsole({ platform, args: ['--lang=ru'] }))
  await synced(app.page)
  await until('a backup', () => (backups().length > 0 ? true : null))
  const [client] = await state(platform, 'client')
  await platform.down()
  const { page } = app
  await openClient(page, client?.name ?? '')
  await tab(page, 'Примечания')
  await press(page, 'Добавить примечание')
  await page.getByLabel('Текст примечания').fill(NOTE)
  await page.getByRole('form', { name: 'Новое примечание' }).getByRole('button', { name: 'Принять' }).click()
  await page.getByRole('article').filter({ hasText: NOTE }).waitFor()
})
afterAll(async () => {
  await app.dispose()
  await platform.stop()
})

test('X1 offline: a damaged data file is read as far as it goes, and what was not sent is still there', async () => {
  await app.quit()
  const handle = openSync(file('local.db'), 'r+')
  writeSync(handle, Buffer.alloc(64, 0xa5), 0, 64, statSync(file('local.db')).size - 3000)
  closeSync(handle)
  const page = await restarted()
  await heading(page, 'Файл данных повреждён').waitFor()
  await page.getByText(/Не читается страниц: 1 из \d+/).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await shoot(page, 'data file damaged')
  await press(page, 'Продолжить с этим: Прочитать уцелевшее')
  await heading(page, 'Общая информация').waitFor()
  await goTo(page, '/outbox')
  await page.getByText(NOTE).first().waitFor()
  expect(readdirSync(app.userDataDir).some((name) => name.startsWith('local.db.damaged-'))).toBe(true)
})

test('X1 offline: a data file that is no file any more comes back from its backup, and what that lacks is told until it was read', async () => {
  await app.quit()
  writeFileSync(file('local.db'), 'nothing that anybody could read '.repeat(400))
  let page = await restarted()
  await heading(page, 'Файл данных повреждён').waitFor()
  await press(page, /^Продолжить с этим: Резервная копия/)
  await heading(page, 'Общая информация').waitFor()
  const told = (): ReturnType<Page['getByRole']> => page.getByRole('status').filter({ hasText: 'Файл данных взят из резервной копии' })
  await told().waitFor()
  page = await restarted()
  await told().waitFor()
  await told().getByRole('button', { name: 'Закрыть' }).click()
  await told().waitFor({ state: 'detached' })
  page = await restarted()
  await heading(page, 'Общая информация').waitFor()
  expect(await told().count()).toBe(0)
})

test('X1 offline: where the file is deleted while the program runs nothing more is accepted, and the window says so', async () => {
  const { page } = app
  const [client] = await state(platform, 'client')
  await openClient(page, client?.name ?? '')
  await tab(page, 'Примечания')
  await press(page, 'Добавить примечание')
  await page.getByLabel('Текст примечания').fill('Некуда записать')
  const kept = `${file('local.db')}.kept`
  renameSync(file('local.db'), kept)
  await page.getByRole('form', { name: 'Новое примечание' }).getByRole('button', { name: 'Принять' }).click()
  await page.getByText('Файла данных больше нет').first().waitFor()
  expect(await page.getByLabel('Текст примечания').inputValue()).toBe('Некуда записать')
  renameSync(kept, file('local.db'))
})

test('X1 offline: a data file that is gone is not started anew by itself; who asks for it begins at the beginning, with the old files beside', async () => {
  await app.quit()
  rmSync(file('local.db'))
  const page = await restarted()
  await heading(page, 'Файл данных пропал').waitFor()
  await shoot(page, 'data file missing')
  expect(await axeFindings(page)).toEqual([])
  await startAnew(page)
  await page.getByLabel('Адрес панели').waitFor()
  const left = readdirSync(app.userDataDir)
  for (const name of ['cache.db.before-', 'backups.before-']) expect(left.some((one) => one.startsWith(name))).toBe(true)
  app.watch.mustBeClean()
})
