import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeFindings } from '../support/axe'
import { startConsole, type RunningConsole } from '../support/console-process'
import { startPlatformProcess } from '../support/platform-process'
import { state, type ClientState } from '../support/platform-rows'
import { goTo, heading, openClient, synced, tab } from '../support/screens'
import { defaults, patient, shoot } from '../support/world'

/** A Linux without a keyring: what it cannot keep, a passphrase does. */
const PASSPHRASE = 'четыре слова без смысла'
/** A code without a slip, of a key that is not ours. */
const OTHER_CODE = 'NENTQ-AXBNE-NTQAX-BNENT-QAXBN-ENTQA-XBNEN-TQAXB-NENTQ-AXBNE-NZ3RG'
const env = { PARTNER_CONSOLE_STANDIN_KEYRING: 'none' }
let platform: Awaited<ReturnType<typeof startPlatformProcess>>
let app: RunningConsole
let client: ClientState
let code = ''

const give = async (page: Page, label: string, text: string): Promise<void> => page.getByLabel(label, { exact: true }).fill(text)
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click()
const write = async (page: Page, text: string): Promise<void> => {
  await openClient(page, client.name)
  await tab(page, 'Примечания')
  await press(page, 'Добавить примечание')
  await page.getByLabel('Текст примечания').fill(text)
  await page.getByRole('form', { name: 'Новое примечание' }).getByRole('button', { name: 'Принять' }).click()
  await page.getByRole('article').filter({ hasText: text }).waitFor()
}

beforeAll(async () => {
  platform = await startPlatformProcess({ ...defaults, clients: 6 })
  const [first] = await state(platform, 'client')
  if (first === undefined) throw new Error('no clients')
  client = first
  app = patient(await startConsole({ platform, env, args: ['--lang=ru'] }))
})
afterAll(async () => {
  await app.dispose()
  await platform.stop()
})

test('E1 sign in: without a keyring a passphrase is chosen first, and what is wrong with it is said beside it', async () => {
  const { page } = app
  await heading(page, 'Придумайте парольную фразу').waitFor()
  expect(await axeFindings(page)).toEqual([])
  await shoot(page, 'unlock new')
  await give(page, 'Парольная фраза', 'кратко')
  await give(page, 'Ещё раз', 'кратка')
  await press(page, 'Сохранить и продолжить')
  await page.getByText('Фразы не совпадают').waitFor()
  await give(page, 'Ещё раз', 'кратко')
  await press(page, 'Сохранить и продолжить')
  await page.getByText('Нужно не меньше 8 знаков').last().waitFor()
  await give(page, 'Парольная фраза', PASSPHRASE)
  await give(page, 'Ещё раз', PASSPHRASE)
  await press(page, 'Сохранить и продолжить')
  await heading(page, 'Общая информация').waitFor()
  await synced(page)
})

test('E1 sign in: the recovery code is offered once, where the data are kept', async () => {
  const { page } = app
  const banner = page.getByRole('status').filter({ hasText: 'Запишите код восстановления' })
  await banner.waitFor()
  await banner.getByRole('button', { name: 'Показать код' }).click()
  const dialog = page.getByRole('dialog', { name: 'Код восстановления' })
  await expect.poll(() => dialog.locator('output').innerText()).toMatch(/^([0-9A-Z]{5}-){10}[0-9A-Z]{5}$/)
  code = await dialog.locator('output').innerText()
  await dialog.getByRole('button', { name: 'Записано' }).click()
  await banner.waitFor({ state: 'detached' })
})

test('E1 sign in: killed and started again, the passphrase opens the same data; a wrong one is refused in words', async () => {
  await platform.down()
  await write(app.page, 'Записано под фразой')
  await app.kill9()
  app = patient(await app.restart())
  const { page } = app
  await heading(page, 'Введите парольную фразу').waitFor()
  expect(await page.getByText(client.name).count()).toBe(0)
  await give(page, 'Парольная фраза', 'совсем другая фраза')
  await press(page, 'Открыть')
  await page.getByText('Фраза не подходит').waitFor()
  await shoot(page, 'unlock wrong')
  expect(await axeFindings(page)).toEqual([])
  await give(page, 'Парольная фраза', PASSPHRASE)
  await page.keyboard.press('Enter')
  await heading(page, 'Общая информация').waitFor()
  await goTo(page, '/outbox')
  await page.getByText('Записано под фразой').first().waitFor()
  expect(await page.getByRole('status').filter({ hasText: 'Запишите код восстановления' }).count()).toBe(0)
})

test('E1 sign in: a forgotten passphrase is replaced with the recovery code, and what waited to be sent is still there', async () => {
  await app.quit()
  app = patient(await app.restart())
  const { page } = app
  await heading(page, 'Введите парольную фразу').waitFor()
  await press(page, 'Забыли фразу?')
  await give(page, 'Код восстановления', `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`)
  await press(page, 'Открыть по коду')
  await page.getByText('В коде ошибка: проверьте каждую группу').waitFor()
  await give(page, 'Код восстановления', code.toLowerCase())
  await press(page, 'Открыть по коду')
  await heading(page, 'Придумайте парольную фразу').waitFor()
  await give(page, 'Парольная фраза', 'новая фраза подлиннее')
  await give(page, 'Ещё раз', 'новая фраза подлиннее')
  await press(page, 'Сохранить и продолжить')
  await goTo(page, '/outbox')
  await page.getByText('Записано под фразой').first().waitFor()
})

test('E1 sign in: a key that is lost with its keyring comes back with the code; nothing personal is said before', async () => {
  const folder = app.userDataDir
  await app.quit()
  const keys = join(folder, 'keys.json')
  const kept = JSON.parse(readFileSync(keys, 'utf8')) as { wrapped: string }
  writeFileSync(keys, JSON.stringify({ version: 1, backend: 'system', wrapped: kept.wrapped }))
  rmSync(join(folder, 'development.key'), { force: true })
  app = patient(await app.restart({ env: {} }))
  const { page } = app
  await heading(page, 'Ключ к данным не найден').waitFor()
  expect(await axeFindings(page)).toEqual([])
  await shoot(page, 'unlock lost')
  await give(page, 'Код восстановления', code)
  await press(page, 'Открыть по коду')
  await heading(page, 'Общая информация').or(heading(page, 'Исходящие')).first().waitFor()
  await goTo(page, '/outbox')
  await page.getByText('Записано под фразой').first().waitFor()
  app.watch.mustBeClean()
})

test('E1 sign in: where the key file is gone no new key is made over the data; a code of other data is refused, the right one opens them', async () => {
  await app.quit()
  rmSync(join(app.userDataDir, 'keys.json'))
  app = patient(await app.restart({ env: {} }))
  const { page } = app
  await heading(page, 'Ключ к данным не найден').waitFor()
  await give(page, 'Код восстановления', OTHER_CODE)
  await press(page, 'Открыть по коду')
  await page.getByText('Код верный, но не от этих данных').waitFor()
  expect(existsSync(join(app.userDataDir, 'keys.json'))).toBe(false)
  await give(page, 'Код восстановления', code)
  await press(page, 'Открыть по коду')
  await heading(page, 'Общая информация').or(heading(page, 'Исходящие')).first().waitFor()
  await goTo(page, '/outbox')
  await page.getByText('Записано под фразой').first().waitFor()
  app.watch.mustBeClean()
})

test('E1 sign in: a temporary workspace keeps nothing, and asks before it ends', async () => {
  const own = patient(await startConsole({ env, args: ['--lang=en'] }))
  try {
    const { page } = own
    await heading(page, 'Choose a passphrase').waitFor()
    await press(page, 'Work temporarily')
    await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'passphrase' }).waitFor()
    await page.getByLabel('Panel address').waitFor()
    await own.desktop.quit()
    const asked = await own.seen('dialog', (event) => JSON.stringify(event).includes('Quit the console?'))
    expect(JSON.stringify(asked)).toContain('The workspace is temporary')
    expect(own.isRunning()).toBe(true)
    own.watch.mustBeClean()
  } finally {
    await own.dispose()
  }
})
