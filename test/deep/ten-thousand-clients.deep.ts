import { expect, test } from 'vitest'
import { startConsole } from '../e2e/support/console-process'
import { startPlatformProcess } from '../e2e/support/platform-process'
import { state } from '../e2e/support/platform-rows'
import { grid, heading, names, open, searchIn } from '../e2e/support/screens'
import { figure, kopecks, sum } from '../e2e/support/words'
import { patient } from '../e2e/support/world'

const LISTS_LIMIT_MS = 60_000

test('E1, E2, E4: ten thousand clients: the first sync of the lists within a minute, figures that agree, a list that stays light', async () => {
  await using platform = await startPlatformProcess({ clients: 10_000, 'page-size': 500, speed: 0.0001 })
  const app = patient(await startConsole({ platform }))
  const started = Date.now()
  try {
    const { page } = app
    await heading(page, 'Общая информация').waitFor({ timeout: 60_000 })
    const firstSync = page.getByRole('status').filter({ hasText: 'Первая загрузка' })
    const counter = page
      .getByRole('region', { name: 'Счётчики' })
      .getByRole('link', { name: /^Клиенты/ })
      .locator('.value')
    // A dash until the lists were read to their end.
    const known = async (): Promise<number | null> => ((await firstSync.count()) > 0 ? null : figure(await counter.innerText()))
    await expect.poll(known, { timeout: 300_000 }).not.toBeNull()
    const took = Date.now() - started
    const clients = await state(platform, 'client')
    expect(await known()).toBe(clients.length)
    await open(page, 'Клиенты')
    const table = grid(page, 'Клиенты')
    await expect.poll(() => table.getAttribute('aria-rowcount')).toBe(String(clients.length + 1))
    const total = table.getByRole('row').last().locator('.money').first()
    expect(kopecks(figure(await total.innerText()) ?? 0)).toBe(sum(clients.map(({ contract }) => kopecks(contract.balance))))
    expect(await table.locator('[role=rowgroup] *').count()).toBeLessThanOrEqual(600)
    await table.focus()
    await page.keyboard.press('End')
    await expect.poll(() => table.locator(`[aria-rowindex="${String(clients.length + 1)}"]`).count()).toBe(1)
    const wanted = clients.filter(({ name }) => name.toLowerCase().replaceAll('ё', 'е').includes('аналитик'))
    await searchIn(page, 'Поиск по имени', 'аналитик')
    await expect.poll(() => table.getAttribute('aria-rowcount')).toBe(String(wanted.length + 1))
    const strangers = async (): Promise<string[]> => (await names(table)).filter((name) => !name.toLowerCase().includes('аналитик'))
    await expect.poll(strangers).toEqual([])
    expect(took).toBeLessThan(LISTS_LIMIT_MS)
    app.watch.mustBeClean()
  } finally {
    await app.dispose()
  }
})
