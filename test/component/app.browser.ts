import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPreview, type Preview } from '../support/renderer-preview/open'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  const results = await page.evaluate(() => (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run())
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}
let preview: Preview
beforeAll(async () => {
  preview = await openPreview('component')
}, 120_000)
afterAll(() => preview.close())

/** What the program's own sweep cannot bring about at will. */
describe('states that pass by', () => {
  const screens: [string, string][] = [
    ['/connect', 'none'],
    ['/sync', 'first'],
    ['/sync', 'offline&error'],
  ]
  it.each(['theme=light&lang=ru', 'theme=dark&lang=en'])(
    'is axe-clean, quiet and whole (%s)',
    async (look) => {
      const found: string[] = []
      for (const [route, state] of screens) {
        const { page, complaints } = await preview.open(route, `${state}&${look}`)
        await page.waitForTimeout(200)
        found.push(...[...(await violations(page)), ...complaints].map((text) => `${route} ${state}: ${text}`))
        await page.close()
      }
      expect(found).toEqual([])
    },
    120_000,
  )
})

it('says of limits that were not read yet that they were not, and not that there are none', async () => {
  const { page } = await preview.open('/', 'first&theme=light')
  await page.getByText('Лимиты ещё загружаются: 0 из 1').waitFor()
  const tiles = page.getByTitle(/^Кто использует:/)
  expect(await tiles.count()).toBe(7)
  for (const tile of await tiles.all()) expect(await tile.innerText()).toContain('—')
  expect(await page.getByText('лимит не задан').count()).toBe(0)
  expect(await page.getByText(/ничего не требует внимания/i).count()).toBe(0)
  await page.close()
})

it.each([
  ['/alerts', 'Данные ещё загружаются', 'Открытых оповещений нет'],
  ['/clients/conn-north/c-0000000?tab=notes', 'Примечания этого клиента ещё не прочитаны', 'Примечаний пока нет'],
])('%s: what was not read yet is not called empty', async (route, said, lie) => {
  const { page } = await preview.open(route, 'first&theme=light')
  await page.getByRole('heading', { name: said }).waitFor()
  expect(await page.getByText(lie).count()).toBe(0)
  await page.close()
})

describe('the window', () => {
  it('speaks the language and wears the theme that were chosen, at once', async () => {
    const { page } = await preview.open('/settings', 'theme=light')
    await page.getByRole('radio', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Program settings' }).waitFor()
    await page.getByRole('radio', { name: 'dark' }).click()
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.className])).toEqual(['en', 'dark'])
    await page.close()
  })
  it('leads every entry of the menu to a page', async () => {
    const { page, complaints } = await preview.open('/sync', 'theme=light')
    const names = [
      'Оповещения',
      'Администрирование',
      'Клиенты',
      'Контракты',
      'Отчеты',
      'Тарифные планы',
      'Платежи',
      'Тикеты',
      'Пользователи',
      'События',
      'Публичные ключи',
      'Сессии',
    ]
    const menu = page.getByRole('navigation', { name: 'Главное меню' })
    for (const name of names) {
      await menu.getByRole('link', { name, exact: false }).first().click()
      await menu.locator('[aria-current="page"]').filter({ hasText: name }).waitFor()
      await page.locator('h1').first().waitFor()
    }
    expect(await menu.getByRole('group', { name: 'Настройки' }).getByRole('link').count()).toBe(3)
    expect(complaints).toEqual([])
    await page.close()
  }, 30_000)
  it('shows an error that nobody handled in plain words, and stays usable', async () => {
    const { page } = await preview.open('/settings', 'theme=light')
    await page.evaluate(() => void Promise.reject(new Error('boom')))
    await page.getByRole('alert').filter({ hasText: 'В программе ошибка' }).waitFor()
    await page.getByRole('link', { name: 'Отчеты' }).click()
    await page.getByRole('heading', { name: 'Отчеты' }).waitFor()
    await page.close()
  })
  it('says since when it is offline, as of when the data are and what waits', async () => {
    const { page } = await preview.open('/sync', 'theme=light&offline')
    const banner = page.getByRole('status').filter({ hasText: 'Нет связи с' })
    await banner.waitFor()
    expect(await banner.innerText()).toMatch(/Нет связи с .*\d\d:\d\d, данные на .*\d\d:\d\d\. 4 изменения ждут в исходящих/)
    expect(await banner.innerText()).toMatch(/попытка через|пробуем/)
    await page.close()
  })
  it('asks for a new token where the old one is refused', async () => {
    const { page } = await preview.open('/sync', 'theme=light&rejected')
    await page.getByRole('button', { name: 'Указать новый токен' }).click()
    const dialog = page.getByRole('dialog', { name: /Новый токен/ })
    await dialog.getByLabel('Токен').first().fill('good')
    await dialog.getByRole('button', { name: 'Проверить и сохранить' }).click()
    await page.getByText('Токен принят, синхронизация продолжается').first().waitFor()
    await page.close()
  })
})

describe('E1: connecting', () => {
  it('explains the failing step and connects only what passed', async () => {
    const { page } = await preview.open('/connect', 'none&theme=light&fail=rights')
    await page.getByRole('button', { name: 'Проверить', exact: true }).last().click()
    await page.getByText('Укажите адрес панели').waitFor()
    await page.getByLabel('Адрес панели').fill('https://cp.example.ru')
    await page.getByLabel('Токен', { exact: false }).first().fill('0123456789')
    await page.keyboard.press('Enter')
    await page.getByText('Токен действует, но список клиентов партнера ему закрыт.').waitFor()
    expect(await page.getByRole('button', { name: 'Подключить', exact: true }).isDisabled()).toBe(true)
    expect(await page.locator('#connect-why').innerText()).toContain('Права партнера')
    await page.close()
  })
  it('opens the first screen after a test that passed', async () => {
    const { page } = await preview.open('/connect', 'none&theme=light')
    await page.getByLabel('Адрес панели').fill('https://cp.example.ru')
    await page.getByLabel('Токен', { exact: false }).first().fill('0123456789')
    await page.keyboard.press('Enter')
    await page.getByText('все шаги пройдены').waitFor()
    await page.getByRole('button', { name: 'Подключить', exact: true }).click()
    await page.getByRole('navigation', { name: 'Главное меню' }).waitFor()
    await page.close()
  })
  it('starts the demo and says how far it is', async () => {
    const { page } = await preview.open('/connect', 'none&theme=light')
    await page.getByRole('button', { name: /демо/ }).click()
    await page.getByText(/Готовим демо: \d+/).waitFor()
    await page.getByRole('navigation', { name: 'Главное меню' }).waitFor()
    await page.close()
  })
})

describe('X10: the palette', () => {
  it('finds clients, screens and actions by keyboard alone, and says why an action is off', async () => {
    const { page } = await preview.open('/sync', 'theme=light')
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Поиск и команды' })
    await palette.getByRole('combobox').fill('волж')
    await palette
      .getByRole('option', { name: /Волжский берег/ })
      .first()
      .waitFor()
    expect(await palette.getByRole('option', { name: /Корректировка баланса/ }).getAttribute('aria-disabled')).toBe('true')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.waitForURL(/#\/clients\/conn-north\/c-/)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('синхр')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Escape')
    expect(await palette.count()).toBe(0)
    await page.close()
  })
  it('lists the keys on F1', async () => {
    const { page } = await preview.open('/sync', 'theme=dark&lang=en')
    await page.keyboard.press('F1')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await page.waitForTimeout(300)
    expect(await violations(page)).toEqual([])
    await page.close()
  })
})

describe('settings', () => {
  it('forget a connection only when its name is typed, and name what dies', async () => {
    const { page } = await preview.open('/settings', 'theme=light')
    await page.getByRole('button', { name: 'Действия: Северный ЦОД' }).click()
    await page.getByRole('menuitem', { name: 'Забыть подключение' }).click()
    const dialog = page.getByRole('dialog', { name: /Забыть подключение «Северный ЦОД»/ })
    await dialog.getByText('неотправленные изменения: 4').waitFor()
    const go = dialog.getByRole('button', { name: 'Забыть и удалить данные' })
    expect(await go.isDisabled()).toBe(true)
    await dialog.getByLabel('Название для подтверждения').fill('Северный ЦОД')
    await go.click()
    await page.getByText('Подключение забыто, его данные удалены').first().waitFor()
    expect(await page.getByRole('article', { name: 'Северный ЦОД' }).count()).toBe(0)
    await page.close()
  })
})
