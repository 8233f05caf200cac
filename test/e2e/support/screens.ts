import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { literal } from './words'

/** Ways over the screens, by role and accessible name alone: what a person knows from the guide, and a screen reader says. */
const FIRST_SYNC_MS = 60_000

/** Until the top bar says that everything offered was read to its end. */
export const synced = (page: Page, limitMs = FIRST_SYNC_MS): Promise<void> =>
  page.getByRole('button', { name: /^Синхронизировано/ }).waitFor({ timeout: limitMs })

/** Everything was read once, each client's own rows included: from here on a cut line changes no word on any screen. */
export const readThrough = (page: Page): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate(async () => {
          type Status = { datasets: { offered: boolean; complete: boolean }[] }
          const { api } = window as unknown as { api: { sync: { status: (input: object) => Promise<{ value: Status[] }> } } }
          const { value } = await api.sync.status({})
          return value.every(({ datasets }) => datasets.every(({ offered, complete }) => !offered || complete))
        }),
      { timeout: 60_000 },
    )
    .toBe(true)

export const menu = (page: Page): Locator => page.getByRole('navigation', { name: 'Главное меню' })
/** A menu entry by its group: «Настройки» occurs twice. */
export const entry = (page: Page, name: string): Locator =>
  menu(page).getByRole('link', { name: new RegExp(`^${literal(name)}(\\s*[\\d\\s]+)?$`) })

export const heading = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { level: 1, name })
export const open = async (page: Page, name: string): Promise<void> => {
  await entry(page, name).first().click()
  await heading(page, name === 'Администрирование' ? 'Общая информация' : name).waitFor()
}
/** Any address of the page itself, without loading it anew. */
export const goTo = (page: Page, path: string): Promise<void> => page.evaluate((to) => void (location.hash = to), path)

export const grid = (page: Page, name: string): Locator => page.getByRole('grid', { name, exact: true })
export const rows = (table: Locator): Locator => table.locator('[role=rowgroup]').getByRole('row')
export const rowOf = (table: Locator, name: string): Locator =>
  rows(table).filter({ has: table.page().getByRole('rowheader', { name, exact: true }) })
export const names = (table: Locator): Promise<string[]> => table.getByRole('rowheader').allInnerTexts()

/** What stands in a column of the rows that are drawn. */
export const column = async (table: Locator, label: string): Promise<string[]> => {
  const heads = await table.getByRole('columnheader').all()
  const labels = await Promise.all(
    heads.map(async (head) =>
      (await head.getByRole('button').count()) > 0
        ? ((await head.getByRole('button').first().getAttribute('aria-label')) ?? '')
        : await head.innerText(),
    ),
  )
  const at = labels.indexOf(label)
  if (at < 0) throw new Error(`there is no column ${label} among ${labels.join(', ')}`)
  const texts: string[] = []
  for (const row of await rows(table).all()) texts.push((await row.locator('[role=gridcell], [role=rowheader]').nth(at).innerText()).trim())
  return texts
}

export const searchIn = async (page: Page, label: string, text: string): Promise<void> => {
  await page.getByLabel(label, { exact: true }).fill(text)
}

/** A client's card, opened from the list by its name. */
export const openClient = async (page: Page, name: string): Promise<void> => {
  await open(page, 'Клиенты')
  await searchIn(page, 'Поиск по имени', name)
  await grid(page, 'Клиенты').getByRole('link', { name, exact: true }).click()
  await heading(page, name).waitFor()
}
export const tab = async (page: Page, name: string): Promise<void> => {
  await page
    .getByRole('tablist', { name: 'Разделы клиента' })
    .getByRole('tab', { name: new RegExp(`^${literal(name)}`) })
    .click()
}
/** One item of a menu that hangs on a button. */
export const choose = async (page: Page, button: Locator, item: string | RegExp): Promise<void> => {
  await button.click()
  const menuItem = page.getByRole('menuitem', { name: item }).or(page.getByRole('menuitemcheckbox', { name: item }))
  await menuItem.first().click()
}
