import { expect, test } from 'vitest'
import { startConsole } from '../e2e/support/console-process'
import { startPlatformProcess } from '../e2e/support/platform-process'
import { state } from '../e2e/support/platform-rows'
import { goTo, heading } from '../e2e/support/screens'
import { figure } from '../e2e/support/words'
import { defaults, patient } from '../e2e/support/world'

/** Many clouds, many dice: whatever the sync says at its end, the figure beside "complete" is the platform's own. */
const FAULTS = '500:0.1,drop:0.05,429:0.05,slow:0.1,garbage:0.02'
const ROUNDS = 8

test.each(Array.from({ length: ROUNDS }, (_, at) => at + 1))(
  'X1, E2: round %i over a platform that fails in every way: no figure that calls itself whole is wrong',
  async (seed) => {
    await using platform = await startPlatformProcess({ ...defaults, clients: 60, 'page-size': 10, seed })
    const app = patient(await startConsole({ platform, args: ['--sync-interval=10'] }))
    try {
      const { page } = app
      await heading(page, 'Общая информация').waitFor({ timeout: 60_000 })
      await platform.tell('/faults', { faults: FAULTS })
      const ended = page.getByRole('button', { name: /^(Синхронизировано|Данные неполные|Обновление прервалось)/ })
      await ended.waitFor({ timeout: 300_000 })
      await goTo(page, '/')
      const cells = page.getByRole('region', { name: 'Счётчики' }).getByRole('link')
      const whole = [
        [/^Клиенты/, (await state(platform, 'client')).length],
        [/^Серверы/, (await state(platform, 'vm')).length],
      ] as const
      if (await cells.first().isVisible())
        for (const [name, wanted] of whole) {
          const cell = cells.filter({ hasText: name }).first()
          if (!(await cell.innerText()).includes('неполные')) expect(figure(await cell.locator('.value').innerText())).toBe(wanted)
        }
      await platform.tell('/faults', { faults: '' })
      await page.getByRole('button', { name: /^Синхронизировано/ }).waitFor({ timeout: 120_000 })
      for (const [name, wanted] of whole)
        await expect.poll(async () => figure(await cells.filter({ hasText: name }).first().locator('.value').innerText())).toBe(wanted)
      app.watch.mustBeClean()
    } finally {
      await app.dispose()
    }
  },
)
