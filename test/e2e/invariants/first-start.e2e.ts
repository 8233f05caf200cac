import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startConsole } from '../support/console-process'
import { filesIn } from '../support/left-files'
import { heading } from '../support/screens'
import { figure } from '../support/words'
import { patient } from '../support/world'

const LIMIT_MS = 10_000

test('E1, E2: --demo shows a full dashboard of 200 clients within 10 s of its window, with no question', async () => {
  const app = patient(await startConsole({ args: ['--demo'] }))
  try {
    const opened = (await app.seen('window', ({ action }) => action === 'created')).at
    const { page } = app
    await heading(page, 'Общая информация').waitFor({ timeout: 30_000 })
    const counters = page.getByRole('region', { name: 'Счётчики' })
    await counters.waitFor({ timeout: 30_000 })
    const firstSync = page.getByRole('status').filter({ hasText: 'Первая загрузка' })
    const full = async (): Promise<boolean> => {
      const cells = await counters.getByRole('link').allInnerTexts()
      return cells.length >= 3 && cells.every((text) => /на ([\d.]+( \S+)?, )?\d\d:\d\d/.test(text)) && (await firstSync.count()) === 0
    }
    await expect.poll(full, { timeout: 30_000, interval: 50 }).toBe(true)
    const took = Date.now() - opened
    // The demo lives: a client or two may have come since its midnight.
    expect(figure(await counters.locator('.value').first().innerText())).toBeGreaterThanOrEqual(200)
    for (const name of ['Требует внимания', 'Использование CPU/RAM', 'Диски', 'Лимиты'])
      await page.getByRole('heading', { name, exact: true }).waitFor()
    expect(took).toBeLessThan(LIMIT_MS)
    await app.quit()
    // Made-up people too: nobody who looks into the folder should have to know that they are.
    expect(filesIn(app.userDataDir).filter((file) => /@[\w.-]+\.example|\+7\d{10}/.test(readFileSync(file, 'latin1')))).toEqual([])
    app.watch.mustBeClean()
  } finally {
    await app.dispose()
  }
})
