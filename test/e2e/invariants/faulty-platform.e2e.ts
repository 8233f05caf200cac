import { expect, test } from 'vitest'
import { startConsole } from '../support/console-process'
import { startPlatformProcess } from '../support/platform-process'
import { state } from '../support/platform-rows'
import { goTo, grid, heading, open } from '../support/screens'
import { figure, kopecks, sum } from '../support/words'
import { defaults, patient } from '../support/world'

const FAULTS = '500:0.1,drop:0.05,429:0.05,slow:0.1,garbage:0.02'

test('X1, E2: over a platform that fails in every way the sync ends complete, or says what is incomplete; no total is ever wrong', async () => {
  await using platform = await startPlatformProcess({ ...defaults, clients: 60, 'page-size': 20, faults: FAULTS })
  // Connecting is asked for step by step and gives up at the first failure: the faults begin behind it.
  await platform.tell('/faults', { faults: '' })
  const app = patient(await startConsole({ platform }))
  try {
    const { page } = app
    await heading(page, 'Общая информация').waitFor({ timeout: 30_000 })
    await platform.tell('/faults', { faults: FAULTS })
    const clients = await state(platform, 'client')
    const servers = await state(platform, 'vm')
    const settled = page.getByRole('button', { name: /^(Синхронизировано|Данные неполные|Обновление прервалось)/ })
    const figures = page.getByRole('region', { name: 'Счётчики' })
    // While it runs, a figure is missing, marked incomplete, or right.
    const look = async (): Promise<void> => {
      const text = (await figures.isVisible()) ? await figures.getByRole('link', { name: /^Клиенты/ }).innerText() : ''
      if (text === '' || /неполные|ещё не загружено|загружа/i.test(text)) return
      expect(figure(text.replace(/на [^\n]*\n/, '').replace(/^Клиенты\n/, ''))).toBe(clients.length)
    }
    await expect
      .poll(
        async () => {
          await look()
          return settled.isVisible()
        },
        { timeout: 60_000, interval: 200 },
      )
      .toBe(true)
    await platform.tell('/faults', { faults: '' })
    await settled.click()
    await page.getByRole('button', { name: 'Синхронизировать', exact: true }).click()
    await page.getByRole('button', { name: /^Синхронизировано/ }).waitFor({ timeout: 60_000 })
    await page.keyboard.press('Escape')
    await goTo(page, '/')
    await expect
      .poll(async () =>
        figure(
          await figures
            .getByRole('link', { name: /^Серверы/ })
            .locator('.value')
            .innerText(),
        ),
      )
      .toBe(servers.length)
    await open(page, 'Клиенты')
    await expect.poll(() => grid(page, 'Клиенты').getAttribute('aria-rowcount')).toBe(String(clients.length + 1))
    const total = grid(page, 'Клиенты').getByRole('row').last().locator('.money').first()
    await expect
      .poll(async () => kopecks(figure(await total.innerText()) ?? 0))
      .toBe(sum(clients.map(({ contract }) => kopecks(contract.balance))))
    app.watch.mustBeClean()
  } finally {
    await app.dispose()
  }
})
