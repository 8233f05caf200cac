import { expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { inTheFuture } from '../support/future-clock'
import { mutate, state } from '../support/platform-rows'
import { entry, heading, open, openClient, synced, tab } from '../support/screens'
import { naive, nextMinute, typedDay, typedTime } from '../support/words'
import { useWorld } from '../support/world'

const MINUTE = 60_000
/** The program lives so far ahead that its next minute begins half a minute after its start: nothing is waited for longer. */
const headStart = (MINUTE + 30_000 - (Date.now() % MINUTE)) % MINUTE
const programNow = (): number => Date.now() + headStart
const world = useWorld({ platform: { clients: 8, speed: 1 }, console: { env: inTheFuture(headStart), args: ['--sync-interval=10'] } })

const list = (): Locator => world.page.getByRole('grid', { name: 'Оповещения' })
const alert = (text: string): Locator => list().getByRole('row').filter({ hasText: text })
const group = (name: string): Locator =>
  list()
    .getByRole('rowgroup')
    .filter({ has: world.page.getByRole('rowheader', { name: new RegExp(`^${name}`) }) })
const openAlerts = (): Promise<number> =>
  list()
    .getByRole('button', { name: /^Подтвердить:/ })
    .count()
const syncNow = async (): Promise<void> => {
  await world.page.getByRole('button', { name: /^Синхронизировано/ }).click()
  await world.page.getByRole('button', { name: 'Синхронизировать', exact: true }).click()
  await world.page.keyboard.press('Escape')
}
const someClient = async (at: number) => {
  const client = (await state(world.platform, 'client'))[at]
  if (client === undefined) throw new Error('too few clients')
  return client
}

test('E3 alerts: a notification comes at its moment, once, and its click opens the client’s note', async () => {
  const { page } = world
  const client = await someClient(0)
  const at = nextMinute(programNow())
  await openClient(page, client.name)
  await tab(page, 'Примечания')
  await page.getByRole('button', { name: 'Добавить примечание' }).click()
  const editor = page.getByRole('form', { name: 'Новое примечание' })
  await editor.getByLabel('Текст примечания').fill('Перезвонить про перенос')
  await editor.getByRole('switch', { name: 'Оповещение' }).click()
  await editor.getByLabel('Дата').fill(typedDay(at))
  await editor.getByLabel('Время').fill(typedTime(at))
  await editor.getByRole('button', { name: 'Принять' }).click()
  await open(page, 'Клиенты')
  const shown = await world.app.seen('notification', (event) => event['body'] === 'Перезвонить про перенос', MINUTE + 20_000)
  expect(shown['title']).toBe(client.name)
  expect(shown.at + headStart).toBeGreaterThanOrEqual(at)
  await world.app.desktop.clickNotification(Number(shown['id']))
  await heading(page, client.name).waitFor()
  await page.getByRole('tab', { name: /^Примечания/, selected: true }).waitFor()
  await page.getByText('Перезвонить про перенос').first().waitFor()
})

test('E3 alerts: every open alert of the platform is listed, due, today or upcoming; the menu counts the due ones', async () => {
  const { page } = world
  await open(page, 'Оповещения')
  await page.getByRole('tab', { name: /^Все/ }).click()
  const wanted = async (): Promise<number> =>
    (await state(world.platform, 'note')).filter(({ alert_time, confirmed }) => alert_time !== null && !confirmed).length
  await expect.poll(async () => (await openAlerts()) - (await wanted())).toBe(0)
  await group('Просрочено').waitFor()
  await group('Предстоящие').waitFor()
  await alert('Перезвонить про перенос').waitFor()
  const count = await entry(page, 'Оповещения').innerText()
  expect(count).toMatch(/Оповещения\s*\d+/)
})

test('E3 alerts: a snooze stays on this computer', async () => {
  const { page } = world
  const client = await someClient(1)
  await mutate(world.platform, {
    op: 'create',
    dataset: 'note',
    fields: { client: client.id, text: 'Отложить до завтра', alert_time: naive(nextMinute(Date.now(), 120)), author: 'me' },
  })
  await syncNow()
  await alert('Отложить до завтра').waitFor()
  await alert('Отложить до завтра')
    .getByRole('button', { name: /^Отложить:/ })
    .click()
  await page.getByRole('menuitem', { name: /^Завтра/ }).click()
  await group('Предстоящие')
    .getByRole('row')
    .filter({ hasText: 'Отложить до завтра' })
    .getByText(/отложено до/)
    .waitFor()
  const note = (await state(world.platform, 'note')).find(({ text }) => text === 'Отложить до завтра')
  expect(note).toMatchObject({ confirmed: false })
  const { entries } = await world.platform.read<{ entries: { method: string }[] }>(`/log?path=/v1/note/${note?.id ?? ''}`)
  expect(entries.filter(({ method }) => method !== 'GET')).toEqual([])
})

test('E3 alerts: done goes to the platform, and the alert to the done ones', async () => {
  const { page } = world
  await alert('Перезвонить про перенос')
    .getByRole('button', { name: /^Подтвердить:/ })
    .click()
  await alert('Перезвонить про перенос').waitFor({ state: 'detached' })
  await expect
    .poll(async () => (await state(world.platform, 'note')).find(({ text }) => text === 'Перезвонить про перенос')?.confirmed, {
      timeout: 15_000,
    })
    .toBe(true)
  await page.getByRole('button', { name: 'Выполненные' }).click()
  await alert('Перезвонить про перенос').waitFor()
  await page.getByRole('button', { name: 'Открытые' }).click()
})

test('E3 alerts: from an alert to its client', async () => {
  const { page } = world
  const client = await someClient(1)
  await alert('Отложить до завтра').click()
  await page
    .getByRole('complementary', { name: /^Оповещение: Отложить/ })
    .getByRole('link', { name: 'Открыть клиента' })
    .click()
  await heading(page, client.name).waitFor()
  await page.getByText('Отложить до завтра').first().waitFor()
})

test('E3 alerts: those missed while the program was closed come grouped, and never twice', async () => {
  const texts = ['Пропущенное первое', 'Пропущенное второе']
  for (const [at, text] of texts.entries()) {
    const client = await someClient(2 + at)
    await mutate(world.platform, {
      op: 'create',
      dataset: 'note',
      fields: { client: client.id, text, alert_time: naive(nextMinute(programNow(), 3 + at)), author: 'me' },
    })
  }
  await open(world.page, 'Оповещения')
  await syncNow()
  for (const text of texts) await alert(text).waitFor()
  await world.app.quit()
  const before = world.app.events('notification').length
  const later = { env: inTheFuture(headStart + 10 * MINUTE) }
  world.app = await world.app.restart(later)
  await synced(world.page)
  await world.app.seen('notification', ({ title }) => /^Пропущено оповещений: \d+$/.test(String(title)))
  const missed = world.app.events('notification').slice(before)
  expect(missed.map(({ title }) => title)).toEqual([expect.stringMatching(/^Пропущено оповещений: [2-9]$/)])
  await world.app.desktop.clickNotification(Number(missed[0]?.['id']))
  await heading(world.page, 'Оповещения').waitFor()
  for (const text of texts) await alert(text).waitFor()
  world.app = await world.app.restart(later)
  await synced(world.page)
  await open(world.page, 'Оповещения')
  for (const text of texts) await alert(text).waitFor()
  expect(world.app.events('notification')).toHaveLength(before + 1)
})
