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

describe('the columns of a table', () => {
  const heads = (page: Page) => grid(page).locator('.th .name').allInnerTexts()
  const head = (page: Page, name: string) => grid(page).locator('.th', { has: page.getByText(name, { exact: true }) })
  const middle = async (page: Page, name: string) => {
    const at = await head(page, name).boundingBox()
    return { x: (at?.x ?? 0) + (at?.width ?? 0) / 2, y: (at?.y ?? 0) + 10, right: (at?.x ?? 0) + (at?.width ?? 0), width: at?.width ?? 0 }
  }
  it('are moved by dragging their heads, which sorts nothing; the first one stays', async () => {
    const { page } = await open()
    const [first = '', second = '', third = ''] = await heads(page)
    const drag = async (from: string, to: string) => {
      const [begin, end] = [await middle(page, from), await middle(page, to)]
      await page.mouse.move(begin.x, begin.y)
      await page.mouse.down()
      await page.mouse.move(end.x, end.y, { steps: 6 })
      await page.mouse.up()
    }
    const sorted = await grid(page).locator('[aria-sort=ascending], [aria-sort=descending]').innerText()
    await drag(third, second)
    expect((await heads(page)).slice(0, 3)).toEqual([first, third, second])
    await drag(second, first)
    await drag(first, second)
    expect((await heads(page)).slice(0, 3)).toEqual([first, third, second])
    expect(await grid(page).locator('[aria-sort=ascending], [aria-sort=descending]').innerText()).toBe(sorted)
    await page.close()
  }, 30_000)
  it('are moved and sized by keys too, and it is said what became of them', async () => {
    const { page } = await open()
    const [, second = '', third = ''] = await heads(page)
    await head(page, second).locator('.name').focus()
    await page.keyboard.press('Alt+ArrowRight')
    expect((await heads(page)).slice(1, 3)).toEqual([third, second])
    const said = page.locator('p[role=status].sr-only')
    await expect.poll(() => said.innerText()).toMatch(/: 3-я из \d+$/)
    const { width } = await middle(page, second)
    await page.keyboard.press('Alt+Shift+ArrowRight')
    expect((await middle(page, second)).width).toBeCloseTo(width + 16, 0)
    await expect.poll(() => said.innerText()).toMatch(/: ширина \d+ пикселей$/)
    await page.keyboard.press('Alt+ArrowLeft')
    expect((await heads(page)).slice(1, 3)).toEqual([second, third])
    expect(page.url()).toContain('#/clients')
    await page.close()
  }, 30_000)
  it('take the width of their widest content by a double click on the edge, of rows out of view too', async () => {
    const { page } = await open()
    const cut = () =>
      page
        .locator('.tbody .tc-first')
        .evaluateAll((cells) =>
          cells.flatMap((cell) =>
            cell.scrollWidth > cell.clientWidth
              ? [`${(cell as HTMLElement).innerText} ${cell.scrollWidth} ${cell.clientWidth} ${cell.innerHTML}`]
              : [],
          ),
        )
    const edge = async () => {
      const { right, y } = await middle(page, 'Имя')
      return [right - 1, y] as const
    }
    const [x, y] = await edge()
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x - 150, y, { steps: 4 })
    await page.mouse.up()
    expect(await cut()).not.toEqual([])
    await page.mouse.dblclick(...(await edge()))
    for (const top of [0, 700, 1400]) {
      await grid(page).evaluate((box, to) => (box.scrollTop = to), top)
      await page.waitForTimeout(50)
      expect(await cut()).toEqual([])
    }
    await page.close()
  }, 30_000)
  it('stay where a person has chosen so, and the table scrolls sideways with its first column and its actions in place', async () => {
    const { page } = await open()
    const shown = (await heads(page)).length
    await page.getByRole('button', { name: /Колонки: показано/ }).click()
    await page.getByRole('checkbox', { name: 'Не убирать: прокручивать вбок' }).click()
    await page.keyboard.press('Escape')
    expect((await heads(page)).length).toBeGreaterThan(shown)
    const places = () =>
      page.evaluate(() => {
        const left = (selector: string) => document.querySelector(selector)?.getBoundingClientRect()
        const box = left('.dtable')
        return {
          first: left('.tbody .tc-first')?.left,
          second: left('.tbody .tc:nth-of-type(4)')?.left,
          head: left('.thead .tc-first')?.left,
          menu: left('.thead .tc-menu')?.right,
          edge: box?.right,
        }
      })
    const before = await places()
    await grid(page).evaluate((box) => (box.scrollLeft = 400))
    await page.waitForTimeout(50)
    const after = await places()
    expect(after.second).toBeCloseTo((before.second ?? 0) - 400, 0)
    for (const [name, was] of [
      [after.first, before.first],
      [after.head, before.head],
    ] as const)
      expect(Math.abs((name ?? 0) - (was ?? 0))).toBeLessThanOrEqual(8)
    expect(Math.abs((after.menu ?? 0) - (after.edge ?? 0))).toBeLessThanOrEqual(24)
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
