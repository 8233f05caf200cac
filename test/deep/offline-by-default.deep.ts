import { expect, test } from 'vitest'
import { startConsole } from '../e2e/support/console-process'
import { startPlatformProcess } from '../e2e/support/platform-process'
import { heading, synced } from '../e2e/support/screens'
import { defaults, patient } from '../e2e/support/world'

const LIMIT_MS = 45_000

test('X1 offline: with the usual five minutes between syncs, a platform that dies is missed within 45 s, and its return is noticed by itself', async () => {
  const platform = await startPlatformProcess({ ...defaults, clients: 6, speed: 1 })
  const app = patient(await startConsole({ platform }))
  try {
    const { page } = app
    await heading(page, 'Общая информация').waitFor()
    await synced(page)
    await platform.down()
    await page
      .getByRole('status')
      .filter({ hasText: /Нет связи с \d\d:\d\d, данные на \d\d:\d\d/ })
      .waitFor({ timeout: LIMIT_MS })
    await platform.up()
    await synced(page, 90_000)
    await platform.kill9()
    await page.getByRole('button', { name: /^Нет связи/ }).waitFor({ timeout: LIMIT_MS })
    expect(app.isRunning()).toBe(true)
    app.watch.mustBeClean()
  } finally {
    await app.dispose()
    await platform.kill9()
  }
})
