import { expect, test } from 'vitest'
import { inTheFuture } from '../support/future-clock'
import { startConsole } from '../support/console-process'
import { startPlatformProcess } from '../support/platform-process'
import { state } from '../support/platform-rows'
import { openClient, synced, tab } from '../support/screens'
import { naive, nextMinute, typedDay, typedTime } from '../support/words'
import { defaults, patient } from '../support/world'

const MINUTE = 60_000
const TEXT = 'Напомнить о продлении'

test('X1, E7: a note with an alert written offline, killed -9 before it is sent: on the platform exactly once, told exactly once', async () => {
  await using platform = await startPlatformProcess({ ...defaults, clients: 5, speed: 1 })
  let app = patient(await startConsole({ platform, args: ['--sync-interval=10'] }))
  try {
    await synced(app.page)
    const [client] = await state(platform, 'client')
    if (client === undefined) throw new Error('no clients')
    await openClient(app.page, client.name)
    await tab(app.page, 'Примечания')
    await platform.down()
    await app.page
      .getByText(/^Нет связи с/)
      .first()
      .waitFor({ timeout: 45_000 })
    const at = nextMinute(Date.now(), 2)
    await app.page.getByRole('button', { name: 'Добавить примечание' }).click()
    await app.page.getByLabel('Текст примечания').fill(TEXT)
    await app.page.getByRole('switch', { name: 'Оповещение' }).click()
    await app.page.getByLabel('Дата').fill(typedDay(at))
    await app.page.getByLabel('Время').fill(typedTime(at))
    await app.page.getByRole('form').getByRole('button', { name: 'Принять' }).click()
    await app.page.getByRole('article').filter({ hasText: TEXT }).waitFor()
    await app.kill9()
    await platform.up()
    // Both clocks go past the alert's moment: the program was away for five minutes.
    await platform.tell('/clock', { advance: 300 })
    const later = { env: inTheFuture(5 * MINUTE) }
    const started = () => app.restart(later)
    app = patient(await started())
    await synced(app.page, 45_000)
    const sent = async () => (await state(platform, 'note')).filter(({ text }) => text === TEXT)
    await expect.poll(sent, { timeout: 20_000 }).toHaveLength(1)
    expect((await sent())[0]).toMatchObject({ client: { id: client.id }, alert_time: naive(at), confirmed: false })
    const told = () => app.events('notification').filter(({ body }) => body === TEXT)
    await expect.poll(told).toHaveLength(1)
    expect(told()[0]?.['title']).toBe(client.name)
    // The note has its platform's name now, and the program starts once more: neither sends nor tells again.
    app = patient(await started())
    await synced(app.page, 45_000)
    await openClient(app.page, client.name)
    await tab(app.page, 'Примечания')
    await app.page.getByRole('article').filter({ hasText: TEXT }).waitFor()
    expect(await app.page.getByRole('article').filter({ hasText: TEXT }).count()).toBe(1)
    expect(await sent()).toHaveLength(1)
    expect(told()).toHaveLength(1)
    app.watch.mustBeClean()
  } finally {
    await app.dispose()
  }
})
