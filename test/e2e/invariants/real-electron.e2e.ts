import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { Child } from '../support/child-process'
import { realElectron, repository } from '../support/repository'
import { entry, grid, heading, open } from '../support/screens'
import { tempFolder } from '../support/temp-folder'
import { until } from '../support/waiting'

const program = realElectron()

/** The same program on Electron itself, where ELECTRON_OVERRIDE_DIST_PATH names one; what the stand-in cannot vouch for. */
test.skipIf(program === null)(
  'E1, E2, E4: on Electron itself the demo opens, shows its dashboard and its clients, and leaves cleanly',
  async () => {
    const folder = tempFolder('electron')
    const args = [repository, `--user-data-dir=${join(folder.path, 'data')}`, '--remote-debugging-port=0', '--demo', '--lang=ru']
    const child = new Child(program ?? '', args, { stdio: ['ignore', 'pipe', 'pipe'] })
    try {
      const debuggerUrl = await until('the debugger', () => /DevTools listening on (ws:\S+)/.exec(child.said())?.[1], 30_000)
      const browser = await chromium.connectOverCDP(debuggerUrl)
      const page = await until('the window', () =>
        browser
          .contexts()
          .flatMap((context) => context.pages())
          .find((one) => one.url().startsWith('app://')),
      )
      await heading(page, 'Общая информация').waitFor({ timeout: 30_000 })
      await entry(page, 'Клиенты').waitFor()
      await open(page, 'Клиенты')
      await expect
        .poll(async () => Number(await grid(page, 'Клиенты').getAttribute('aria-rowcount')), { timeout: 30_000 })
        .toBeGreaterThanOrEqual(201)
      expect(await page.evaluate(() => 'require' in window || 'process' in window)).toBe(false)
      await page.getByRole('button', { name: /^Профиль:/ }).click()
      await page.getByRole('menuitem', { name: 'Выйти из программы' }).click()
      expect(await child.ended).toBe(0)
      await browser.close().catch(() => undefined)
    } finally {
      await child.end('SIGKILL')
      folder.remove()
    }
  },
)
