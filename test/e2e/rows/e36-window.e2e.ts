import { beforeEach, expect, test } from 'vitest'
import { entry, goTo, heading, menu, open } from '../support/screens'
import { useWorld } from '../support/world'

const world = useWorld({ platform: { clients: 6 } })

beforeEach(async () => {
  await goTo(world.page, '/')
})

const tree = {
  Администрирование: ['Настройки', 'Клиенты', 'Контракты', 'Отчеты', 'Тарифные планы', 'Платежи', 'Тикеты', 'Пользователи'],
  Настройки: ['События', 'Публичные ключи', 'Сессии'],
}

test("E36 menu: the guide's tree, word for word and in its order", async () => {
  await heading(world.page, 'Общая информация').waitFor()
  for (const [name, wanted] of Object.entries(tree)) {
    const group = menu(world.page).getByRole('group', { name, exact: true })
    const labels = (await group.getByRole('link').allInnerTexts()).map((text) => text.replace(/[\s\d]+$/, '').trim())
    expect(labels.filter((label) => label !== name)).toEqual(wanted)
  }
  await entry(world.page, 'Оповещения').waitFor()
})

test('E36 menu: a group shuts and opens; the menu folds to icons that keep their names', async () => {
  const { page } = world
  await page.getByRole('button', { name: 'Закрыть группу «Настройки»' }).click()
  await entry(page, 'События').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Открыть группу «Настройки»' }).click()
  await entry(page, 'События').waitFor()
  await page.getByRole('button', { name: 'Свернуть меню' }).click()
  await page.getByRole('button', { name: 'Развернуть меню' }).waitFor()
  await open(page, 'Контракты')
  await page.getByRole('button', { name: 'Развернуть меню' }).click()
})

test('E36 breadcrumbs: on every page, and each part leads there', async () => {
  const { page } = world
  const crumbs = async (): Promise<string> => (await page.getByRole('navigation', { name: 'Путь' }).innerText()).replace(/\s+/g, ' ').trim()
  const pages = [
    ['/', 'Главная / Администрирование'],
    ['/alerts', 'Главная / Оповещения'],
    ['/clients', 'Главная / Администрирование / Клиенты'],
    ['/contracts', 'Главная / Администрирование / Контракты'],
    ['/plans', 'Главная / Администрирование / Тарифные планы'],
    ['/reports', 'Главная / Администрирование / Отчеты'],
    ['/payments', 'Главная / Администрирование / Платежи'],
    ['/tickets', 'Главная / Администрирование / Тикеты'],
    ['/users', 'Главная / Администрирование / Пользователи'],
    ['/partner', 'Главная / Администрирование / Настройки партнёра'],
    ['/events', 'Главная / Настройки / События'],
    ['/keys', 'Главная / Настройки / Публичные ключи'],
    ['/sessions', 'Главная / Настройки / Сессии'],
    ['/profile', 'Главная / Профиль'],
    ['/outbox', 'Главная / Исходящие'],
    ['/sync', 'Главная / Синхронизация'],
    ['/settings', 'Главная / Настройки программы'],
  ] as const
  for (const [path, wanted] of pages) {
    await goTo(page, path)
    await expect.poll(crumbs, { message: path }).toBe(wanted)
  }
  await goTo(page, '/clients')
  await page.getByRole('navigation', { name: 'Путь' }).getByRole('link', { name: 'Администрирование' }).click()
  await heading(page, 'Общая информация').waitFor()
})

test('E36 profile menu: profile, partner settings and support; what is not there yet says what it will be', async () => {
  const { page } = world
  for (const name of ['Профиль', 'Настройки партнёра', 'Техподдержка']) {
    await page.getByRole('button', { name: /^Профиль:/ }).click()
    await page.getByRole('menuitem', { name, exact: true }).click()
    await heading(page, name).waitFor()
    await page.getByRole('heading', { name: 'Эта страница не входит в эту версию' }).waitFor()
  }
  await page
    .getByRole('button', { name: 'На главную' })
    .or(page.getByRole('link', { name: 'На главную' }))
    .click()
  await heading(page, 'Общая информация').waitFor()
})

test('E36 support: nothing but https is opened in the system browser, so this panel is not offered there', async () => {
  await goTo(world.page, '/reports')
  await world.page.getByRole('heading', { name: 'Эта страница не входит в эту версию' }).waitFor()
  expect(await world.page.getByRole('button', { name: 'Открыть панель' }).count()).toBe(0)
  expect(world.app.events('open-external')).toEqual([])
})

test('E36 themes: light, dark and as the system; the choice outlives the program', async () => {
  const { page } = world
  const scheme = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await goTo(page, '/settings')
  const themes = page.getByRole('radiogroup', { name: 'Тема' })
  await themes.getByRole('radio', { name: 'светлая' }).click()
  await expect.poll(scheme).toBe('light')
  const light = await ground()
  await themes.getByRole('radio', { name: 'тёмная' }).click()
  await expect.poll(scheme).toBe('dark')
  expect(await ground()).not.toBe(light)
  await page.getByRole('button', { name: 'Светлая тема' }).click()
  await expect.poll(scheme).toBe('light')
  await page.getByRole('button', { name: 'Тёмная тема' }).click()
  await expect.poll(scheme).toBe('dark')
})

test('E36 languages: English is one click away, numbers and all, and outlives the program with the theme', async () => {
  await goTo(world.page, '/settings')
  await world.page.getByRole('radiogroup', { name: 'Язык' }).getByRole('radio', { name: 'English' }).click()
  await heading(world.page, 'Program settings')
    .or(heading(world.page, /settings/i))
    .first()
    .waitFor()
  await expect.poll(() => world.page.evaluate(() => document.documentElement.lang)).toBe('en')
  world.app = await world.app.restart()
  await heading(world.page, /\p{L}/u).waitFor()
  await expect.poll(() => world.page.evaluate(() => document.documentElement.lang)).toBe('en')
  expect(await world.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark')
  await goTo(world.page, '/settings')
  await world.page.getByRole('radio', { name: 'Русский' }).click()
  await heading(world.page, 'Настройки программы').waitFor()
})

test('E36 menu: an address that leads nowhere says so and shows the way back', async () => {
  await goTo(world.page, '/nowhere/at/all')
  await heading(world.page, 'Такой страницы нет')
    .or(world.page.getByRole('heading', { name: 'Такой страницы нет' }))
    .first()
    .waitFor()
})
