import { afterAll, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { startConsole } from '../support/console-process'
import { startPlatformProcess, type RunningPlatform } from '../support/platform-process'
import { mutate } from '../support/platform-rows'
import { choose, goTo, grid, heading, open, synced, tab } from '../support/screens'
import { defaults, useWorld } from '../support/world'

const world = useWorld({ unconnected: true, platform: { clients: 12 } })
let known: RunningPlatform | null = null
afterAll(() => known?.kill9())

const field = (name: 'Адрес панели' | 'Токен' | 'Название подключения'): Locator => world.page.getByLabel(new RegExp(`^${name}`))
const steps = (): Locator => world.page.getByRole('region', { name: 'Проверка подключения' })
const fill = async (url: string, token: string): Promise<void> => {
  await field('Адрес панели').fill(url)
  await field('Токен').fill(token)
}
const check = (): Promise<void> =>
  steps()
    .getByRole('button', { name: /^Проверить/ })
    .first()
    .click()
const step = (name: string): Locator => steps().getByRole('listitem').filter({ hasText: name })
const connect = (): Locator => steps().getByRole('button', { name: 'Подключить', exact: true })

test('E1 sign in: without a connection every address leads to the welcome screen', async () => {
  await heading(world.page, 'Подключите платформу').waitFor()
  await goTo(world.page, '/clients')
  await heading(world.page, 'Подключите платформу').waitFor()
  expect(await connect().isDisabled()).toBe(true)
  await world.page.getByText('Сначала проверьте подключение').waitFor()
})

test.each([
  ['what is no address', 'привет мир', 'Не похоже на адрес.'],
  ['plain http to another computer', 'http://panel.example', 'По http:// можно подключиться только к этому компьютеру'],
  ['another scheme', 'ftp://panel.example', 'Адрес должен начинаться с https://'],
])('E1 sign in: %s is refused beside the field, before anything is asked', async (_what, url, words) => {
  await fill(url, 'token')
  await check()
  await world.page.getByText(words).waitFor()
  expect(await connect().isDisabled()).toBe(true)
})

test('E1 sign in: an empty token is asked for', async () => {
  await fill(world.platform.url, '')
  await check()
  await world.page.getByText('Вставьте токен').waitFor()
})

test('E1 sign in: a port where nobody listens fails at its step, and says what is safe and what to do', async () => {
  await fill('http://127.0.0.1:9', 'token')
  await check()
  const failed = step('Ответ платформы')
  await failed.getByText(/никто не отвечает на порту 9/).waitFor()
  await failed.getByText('Токен никуда не отправлен, на компьютере ничего не сохранено.').waitFor()
  await world.page.getByText('Проверка не пройдена: «Ответ платформы»').waitFor()
})

test('E1 sign in: a wrong token fails at its step, and nothing is kept', async () => {
  await fill(world.platform.url, 'not-the-token')
  await check()
  await step('Проверка токена').getByText('Платформа не приняла токен (ответ 401).').waitFor()
  await step('Поиск адреса').getByText('готово').waitFor()
  expect(await connect().isDisabled()).toBe(true)
})

test('E1 sign in: the right token passes every step, and connecting starts the first sync', async () => {
  await fill(world.platform.url, world.platform.token)
  await field('Название подключения').fill('Панель Альфа')
  await check()
  await steps().getByText('все шаги пройдены').waitFor()
  await step('Права партнера').getByText('12 клиентов').waitFor()
  await step('Возможности платформы').getByText('доступно всё').waitFor()
  await connect().click()
  await heading(world.page, 'Общая информация').waitFor()
  await synced(world.page)
})

test('E1 sign in: what the provider does not have is named at the test and shown as not offered on its screens', async () => {
  known = await startPlatformProcess({ ...defaults, clients: 7, 'known-only': true })
  const { page } = world
  await choose(page, page.getByRole('button', { name: /^Профиль:/ }), 'Добавить подключение')
  await heading(page, 'Новое подключение').waitFor()
  await fill(known.url, known.token)
  await field('Название подключения').fill('Панель Бета')
  await check()
  await step('Возможности платформы')
    .getByText(/^нет \d+ возможност/)
    .waitFor()
  await connect().click()
  await heading(page, 'Общая информация').waitFor()
  await synced(page)
  await page.getByText('Провайдер не предоставляет лимиты').first().waitFor()
  await page.getByText('не предоставляется').first().waitFor()
  await open(page, 'Клиенты')
  await expect.poll(() => grid(page, 'Клиенты').getAttribute('aria-rowcount')).toBe('8')
  await grid(page, 'Клиенты').getByRole('rowheader').getByRole('link').first().click()
  await tab(page, 'Лимиты')
  await page.getByText('Провайдер не предоставляет лимиты клиентов').first().waitFor()
  await tab(page, 'Примечания')
  await page.getByText(/хранятся только на этом компьютере/).waitFor()
})

test('E1 sign in: two connections stand side by side; typing a name switches between them', async () => {
  const { page } = world
  const switcher = page.getByRole('button', { name: /^Подключение:/ })
  await switcher.click()
  await page.getByLabel('Найти подключение').fill('альфа')
  await page.keyboard.press('Enter')
  await switcher.getByText('Панель Альфа').waitFor()
  await open(page, 'Клиенты')
  await expect.poll(() => grid(page, 'Клиенты').getAttribute('aria-rowcount')).toBe('13')
  await switcher.click()
  await page.getByLabel('Найти подключение').fill('нет такого')
  await page.getByText('Нет такого подключения').waitFor()
  await page.getByLabel('Найти подключение').fill('бета')
  await page.keyboard.press('Enter')
  await expect.poll(() => grid(page, 'Клиенты').getAttribute('aria-rowcount')).toBe('8')
})

test('E1 sign in: the same deployment twice is refused in words', async () => {
  const { page } = world
  await goTo(page, '/connect')
  await heading(page, 'Новое подключение').waitFor()
  await fill(world.platform.url, world.platform.token)
  await check()
  await steps().getByText('все шаги пройдены').waitFor()
  await connect().click()
  await page.getByText('Такое подключение уже есть').waitFor()
  await page.getByRole('link', { name: 'К экранам' }).click()
})

test('E1 sign in: a token that the platform takes back stops the sync and asks for another; the data stay', async () => {
  const { page } = world
  await page.getByRole('button', { name: /^Подключение:/ }).click()
  await page.getByLabel('Найти подключение').fill('альфа')
  await page.keyboard.press('Enter')
  await mutate(world.platform, { op: 'revoke-token' })
  await page.getByRole('button', { name: /^Синхронизировано|^Данные/ }).click()
  await page.getByRole('button', { name: 'Синхронизировать', exact: true }).click()
  await page.getByText(/Платформа больше не принимает токен подключения «Панель Альфа»/).waitFor()
  await open(page, 'Клиенты')
  await expect.poll(() => grid(page, 'Клиенты').getAttribute('aria-rowcount')).toBe('13')
})

test('E1 sign in: --platform-url with the token on standard input connects with no question', async () => {
  const platform = await startPlatformProcess({ ...defaults, clients: 3 })
  const app = await startConsole({ args: [`--platform-url=${platform.url}`, '--platform-token-file=-'], input: `${platform.token}\n` })
  try {
    await synced(app.page)
    await open(app.page, 'Клиенты')
    await expect.poll(() => grid(app.page, 'Клиенты').getAttribute('aria-rowcount')).toBe('4')
    app.watch.mustBeClean()
  } finally {
    await app.dispose()
    await platform.kill9()
  }
})

test('E1 sign in: --platform-url that cannot be connected says why, in one line and in the form', async () => {
  const app = await startConsole({ args: ['--platform-url=http://127.0.0.1:9', '--platform-token-file=-'], input: `${'a'.repeat(40)}\n` })
  try {
    const form = app.page.getByRole('region', { name: 'Проверка подключения' })
    await form.getByText('На 127.0.0.1 никто не отвечает на порту 9.').waitFor()
    expect(await app.page.getByLabel('Адрес панели').inputValue()).toBe('http://127.0.0.1:9')
    expect(app.said()).toContain('http://127.0.0.1:9 was not connected: step reach, refused')
    expect(app.said()).not.toContain('a'.repeat(40))
    app.watch.mustBeClean()
  } finally {
    await app.dispose()
  }
})

test('E1 sign in: the demo is one click away', async () => {
  const app = await startConsole()
  try {
    await app.page.getByRole('button', { name: 'Посмотреть демо на выдуманных данных' }).click()
    await heading(app.page, 'Общая информация').waitFor({ timeout: 30_000 })
    await synced(app.page)
    await app.page.getByRole('button', { name: /^Подключение:.*демо/i }).waitFor()
    app.watch.mustBeClean()
  } finally {
    await app.dispose()
  }
})
