import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPreview, type Preview } from '../support/renderer-preview/open'

let preview: Preview
beforeAll(async () => {
  preview = await openPreview('table')
}, 120_000)
afterAll(() => preview.close())

const grid = (page: Page) => page.getByRole('grid', { name: 'Клиенты' })
const open = async (state = '') => {
  const opened = await preview.open('/clients', `theme=light&${state}`)
  await grid(opened.page).getByRole('row').nth(3).waitFor()
  return opened
}

describe('a table of a million rows', () => {
  it('holds few elements, and its last row is reached by the scrollbar', async () => {
    const { page, complaints } = await open('size=1000000')
    expect(await page.evaluate(() => document.querySelectorAll('.tbody *').length)).toBeLessThanOrEqual(600)
    await grid(page).evaluate((box) => (box.scrollTop = box.scrollHeight))
    const last = page.locator('.tr[data-index="999999"]')
    await last.getByRole('link').first().waitFor()
    const [row, foot] = [await last.boundingBox(), await page.locator('.tfoot').boundingBox()]
    expect(Math.abs((row?.y ?? 0) + (row?.height ?? 0) - (foot?.y ?? 0))).toBeLessThanOrEqual(2)
    expect(complaints).toEqual([])
    await page.close()
  }, 30_000)
})

describe('a table by keyboard', () => {
  it('walks, chooses a range, all and none, and copies', async () => {
    const { page } = await open()
    await grid(page).focus()
    for (const key of ['ArrowDown', 'ArrowDown', ' ', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key)
    expect(await grid(page).locator('.tr.chosen').count()).toBe(3)
    await page.keyboard.press('Control+c')
    await page.waitForFunction(() => 'lastCopied' in window)
    expect(await page.evaluate(() => (window as unknown as { lastCopied: string }).lastCopied.split('\n').length)).toBe(4)
    await page.keyboard.press('Control+a')
    expect(await page.getByRole('checkbox', { name: 'Выбрать все' }).isChecked()).toBe(true)
    await page.keyboard.press('Escape')
    expect(await grid(page).locator('.tr.chosen').count()).toBe(0)
    await page.keyboard.press('End')
    await page.locator('.tr.active[data-index="299"]').waitFor()
    await page.close()
  }, 30_000)
  it('opens the same actions by the right click, by the key and by the button', async () => {
    const { page } = await open()
    const names = () => page.getByRole('menuitem').allInnerTexts()
    await page.locator('.tr[data-index="2"]').click({ button: 'right' })
    await page.getByRole('menu').waitFor()
    const byMouse = await names()
    await page.keyboard.press('Escape')
    await page.locator('.tr[data-index="2"]').hover()
    await page.locator('.tr[data-index="2"] [data-menu]').click()
    await page.getByRole('menu').waitFor()
    expect(await names()).toEqual(byMouse)
    expect(byMouse.length).toBeGreaterThan(1)
    await page.keyboard.press('Escape')
    await grid(page).focus()
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menu').waitFor()
    expect(await names()).toEqual(byMouse)
    await page.close()
  }, 30_000)
})

describe('a table by mouse', () => {
  it('ticks the box that the state says, also after a range over a chosen row', async () => {
    const { page } = await open()
    const box = (i: number) => page.locator(`.tr[data-index="${i}"] input`)
    await box(1).click()
    await box(4).click({ modifiers: ['Shift'] })
    await box(4).click({ modifiers: ['Shift'] })
    expect(await Promise.all([1, 2, 3, 4, 5].map((i) => box(i).isChecked()))).toEqual([true, true, true, true, false])
    const all = page.getByRole('checkbox', { name: 'Выбрать все' })
    await all.click()
    expect([await all.isChecked(), await box(9).isChecked()]).toEqual([true, true])
    await all.click()
    expect([await all.isChecked(), await box(1).isChecked()]).toEqual([false, false])
    await page.close()
  }, 30_000)
  it('says which columns did not fit, and brings them back where there is room', async () => {
    const { page } = await open()
    const button = page.getByRole('button', { name: /Колонки: показано/ })
    expect(await button.getAttribute('title')).toContain('Не поместились')
    const narrow = await grid(page).getByRole('columnheader').count()
    await page.setViewportSize({ width: 1920, height: 800 })
    await page.waitForTimeout(200)
    expect(await grid(page).getByRole('columnheader').count()).toBeGreaterThan(narrow)
    await page.close()
  }, 30_000)
})
