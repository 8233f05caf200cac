import { expect, test } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { state, type ClientState } from '../support/platform-rows'
import { goTo, heading, openClient, readThrough, synced, tab } from '../support/screens'
import { patient, useWorld } from '../support/world'

const world = useWorld({ platform: { clients: 30, speed: 1 }, console: { args: ['--sync-interval=10'] } })
const offline = (): Locator => world.page.getByRole('status').filter({ hasText: /Нет связи с \d\d:\d\d, данные на/ })
const note = (text: string): Locator => world.page.getByRole('article').filter({ hasText: text })
const some = async (): Promise<ClientState> => {
  const [first] = await state(world.platform, 'client')
  if (first === undefined) throw new Error('no clients')
  return first
}
const write = async (text: string): Promise<void> => {
  const { page } = world
  await page.getByRole('button', { name: 'Добавить примечание' }).click()
  await page.getByLabel('Текст примечания').fill(text)
  await page.getByRole('form', { name: 'Новое примечание' }).getByRole('button', { name: 'Принять' }).click()
  await note(text).waitFor()
}
const onPlatform = async (text: string): Promise<number> => (await state(world.platform, 'note')).filter((one) => one.text === text).length

/** What a screen says, without what the wall clock alone moves. */
const saying = async (page: Page): Promise<string> =>
  (await page.getByRole('main').innerText())
    .replace(/через [^\n]*|[^\n]* назад|\bсейчас\b|(вчера|[\d.]+( \p{L}+\.?)?), (?=\d\d:\d\d)/gu, '')
    .replace(/\s+/g, ' ')
const visit = async (page: Page, [path, title]: readonly [string, string]): Promise<void> => {
  await goTo(page, path)
  await heading(page, title).waitFor()
  await page
    .getByRole('main')
    .getByText(/на ([\d.]+( \S+)?, )?\d\d:\d\d/)
    .first()
    .waitFor()
}
/** A screen that loads says something else a moment later: what counts is what it goes on saying. */
const settled = async (page: Page): Promise<string> => {
  let last = ''
  await expect
    .poll(
      async () => {
        const [before, now] = [last, await saying(page)]
        last = now
        return now !== '' && now === before
      },
      { interval: 150, timeout: 10_000 },
    )
    .toBe(true)
  return last
}

test('X1 offline: the platform gone, within 45 s the console says so, since when, and as of when the data are', async () => {
  const { page } = world
  const client = await some()
  await openClient(page, client.name)
  await tab(page, 'Примечания')
  await readThrough(page)
  await world.platform.down()
  await offline().waitFor({ timeout: 45_000 })
  await page.getByRole('button', { name: /^Нет связи/ }).waitFor()
  await offline()
    .getByText(/деньги и удаление — только со связью/)
    .waitFor()
})

test('X1 offline: what is written waits, visible, in the outbox and on the note itself', async () => {
  const { page } = world
  await write('Записано без связи')
  await note('Записано без связи').getByText('Ждёт связи, уйдёт само').waitFor()
  await offline()
    .getByText(/1 изменение ждёт в исходящих/)
    .waitFor()
  await page.getByRole('link', { name: /^Исходящие/ }).click()
  await heading(page, 'Исходящие').waitFor()
  await page.getByText('Записано без связи').first().waitFor()
  await page.getByText('Ждёт связи').first().waitFor()
  expect(await onPlatform('Записано без связи')).toBe(0)
})

test('X1 offline: what must not be queued says why it is off', async () => {
  const { page } = world
  const client = await some()
  await openClient(page, client.name)
  await tab(page, 'Примечания')
  const written = page.getByRole('article').filter({ hasNotText: 'Записано без связи' })
  if ((await written.count()) > 0) {
    await written.first().getByRole('button', { name: 'Действия с примечанием' }).click()
    expect(await page.getByRole('menuitem', { name: /^Удалить/ }).getAttribute('aria-disabled')).toBe('true')
    await page.getByText('Нужна связь: удаление не ставится в очередь').waitFor()
    await page.keyboard.press('Escape')
  }
  await page.getByText('Нужна связь: деньги не ставятся в очередь').first().waitFor({ state: 'attached' })
})

test('X1 offline: started again without the platform, every screen opens with the same figures and the same "as of"', async () => {
  const client = await some()
  await openClient(world.page, client.name)
  const path = await world.page.evaluate(() => location.hash.slice(1).split('?')[0] ?? '')
  const screens = [
    ['/', 'Общая информация'],
    ['/alerts', 'Оповещения'],
    ['/clients', 'Клиенты'],
    ['/contracts', 'Контракты'],
    ['/plans', 'Тарифные планы'],
    [path, client.name],
    [`${path}?tab=notes`, client.name],
    [`${path}?tab=limits`, client.name],
    [`${path}?tab=access`, client.name],
    [`${path}/projects`, client.name],
  ] as const
  const before = new Map<string, string>()
  for (const screen of screens) {
    await visit(world.page, screen)
    before.set(screen[0], await settled(world.page))
  }
  world.app = patient(await world.app.restart())
  await heading(world.page, 'Общая информация').waitFor()
  await offline().waitFor()
  for (const screen of screens) {
    await visit(world.page, screen)
    await expect.poll(() => saying(world.page), { message: screen[0], timeout: 5_000 }).toBe(before.get(screen[0]))
  }
})

test('X1 offline: back online, what waited is sent by itself, exactly once', async () => {
  const { page } = world
  await world.platform.up()
  await synced(page, 45_000)
  await offline().waitFor({ state: 'detached' })
  await expect.poll(() => onPlatform('Записано без связи'), { timeout: 20_000 }).toBe(1)
  await goTo(page, '/outbox')
  await page.getByRole('heading', { name: 'Всё отправлено' }).waitFor()
  await page.getByText('Отправлено сегодня: 1').waitFor()
})

test('X1 offline: every dataset has its own "as of" on the sync screen', async () => {
  const { page } = world
  await goTo(page, '/sync')
  await heading(page, 'Синхронизация').waitFor()
  for (const name of ['Клиенты', 'Контракты', 'Серверы', 'Диски', 'Примечания', 'Лимиты', 'Статистика']) {
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name, exact: true }).or(page.getByRole('cell', { name, exact: true })) })
    // Limits are read a client at a time, and step aside for whoever clicks as fast as a test.
    await expect.poll(() => row.first().innerText(), { message: name, timeout: 20_000 }).toMatch(/\d\d:\d\d/)
  }
})
