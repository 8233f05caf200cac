import { beforeEach, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { mutate, state, type ClientState } from '../support/platform-rows'
import { choose, goTo, grid, heading, open, readThrough } from '../support/screens'
import { shoot, useWorld } from '../support/world'

/** Each test has clients of its own: a change that was answered is looked at once more seconds later. */
const OWN = 6
const TESTS = 5
let clients: ClientState[] = []
const limitAt = new Map<string, string>()
let own: ClientState[] = []
let turn = 0

const world = useWorld({
  platform: { clients: OWN * TESTS },
  console: { args: ['--sync-interval=10'] },
  before: async (platform) => {
    for (const { id } of await platform.read<{ id: string }[]>('/state/limit'))
      await mutate(platform, { op: 'delete', dataset: 'limit', id })
    clients = (await state(platform, 'client')).sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const client of clients) {
      const made = await mutate(platform, { op: 'create', dataset: 'limit', fields: { client: client.id, type: 'cpu', value: 20 } })
      limitAt.set(client.id, made.id ?? '')
    }
  },
})
const onPlatform = async (of = own): Promise<(number | undefined)[]> => {
  const rows = await world.platform.read<{ id: string; value: number }[]>('/state/limit')
  return of.map(({ id }) => rows.find((row) => row.id === limitAt.get(id))?.value)
}
const becomes = (values: number[], timeout = 30_000) => expect.poll(() => onPlatform(), { timeout }).toEqual(values)
const button = (name: string | RegExp): Locator => world.page.getByRole('button', { name, exact: typeof name === 'string' })
const rule = (n: number): Locator => world.page.getByRole('group', { name: `Правило ${String(n)}` })
const preview = (): Locator => grid(world.page, 'Изменения лимитов')
const batch = (): Locator => grid(world.page, 'Изменения пакета')
const figure = (name: string): Locator => world.page.locator('dl div').filter({ hasText: name })

/** From the list: the clients of this test, chosen one by one. */
const chooseOwn = async (): Promise<void> => {
  const { page } = world
  await open(page, 'Клиенты')
  const table = grid(page, 'Клиенты')
  await table.getByRole('checkbox').nth(1).waitFor()
  // Rows that are out of sight are not drawn.
  if (clients.indexOf(own[0] as ClientState) >= clients.length / 2) await table.evaluate((box) => void (box.scrollTop = box.scrollHeight))
  for (const { name } of own) await page.getByRole('checkbox', { name: `Выбрать: ${name}`, exact: true }).check()
  await button('Изменить лимиты…').click()
  await heading(page, `Лимиты: ${String(OWN)} клиентов`).waitFor()
}
const addRule = async (n: number, act: string, value: string): Promise<void> => {
  await button('Правило').click()
  await choose(world.page, rule(n).getByRole('button', { name: /^Тип лимита/ }), 'CPU')
  await choose(world.page, rule(n).getByRole('button', { name: /^Действие/ }), act)
  if (value !== '') await rule(n).getByLabel('Число').fill(value)
}
const apply = async (): Promise<void> => {
  await expect.poll(() => button('Применить').isEnabled()).toBe(true)
  await button('Применить').click()
  await batch().waitFor()
}
const finished = (timeout = 30_000): Promise<void> => world.page.getByText('Применение окончено').waitFor({ timeout })
/** Of the trial some may stop it: the rest goes when a person says so. */
const goOnIfStopped = async (): Promise<void> => {
  await world.page.getByText(/Применение окончено|Проба остановилась/).waitFor({ timeout: 30_000 })
  const go = button('Продолжить без них')
  if (await go.isVisible()) await go.click()
}

beforeEach(async () => {
  own = clients.slice(OWN * turn, OWN * (turn + 1))
  turn++
  const left = button('Отменить')
  await goTo(world.page, '/limits/bulk')
  if (await left.isVisible()) await left.click()
  await readThrough(world.page)
})

test('X7 bulk limits: rules as sentences, old and new for every client, one left out; a trial, then the rest; taken back as a whole', async () => {
  const { page } = world
  await chooseOwn()
  await page.getByText(/Правил пока нет/).waitFor()
  await addRule(1, 'увеличить на', '20')
  await choose(page, rule(1).getByRole('button', { name: /^Единица/ }), '%')
  await addRule(2, 'не меньше', '25')
  const first = preview()
    .getByRole('row')
    .filter({ hasText: own[0]?.name ?? '' })
  await expect.poll(() => first.innerText()).toMatch(/20\s*25/)
  await page.getByText(`${String(OWN)} клиентов, ${String(OWN)} значений`).waitFor()
  await first.getByRole('checkbox').uncheck()
  await page.getByText('5 клиентов, 5 значений').waitFor()
  await page.getByText(/сначала 3 на пробу, потом остальные/).waitFor()
  await shoot(page, 'x7 preview')
  await apply()
  await finished()
  await becomes([20, 25, 25, 25, 25, 25])
  await shoot(page, 'x7 applied')
  await button('Вернуть 5').click()
  await page.getByRole('dialog').getByText('С тех пор ничего не изменено.').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Вернуть 5' }).click()
  await heading(page, 'Возврат: Лимиты: 5 клиентов').waitFor()
  await becomes([20, 20, 20, 20, 20, 20])
})

test('X7 bulk limits: what the platform refuses rises to the top with its own verb, stops the trial, and goes with another value', async () => {
  const { page } = world
  await chooseOwn()
  await addRule(1, 'установить', '2000000')
  await page
    .getByText(/больше лимита партнёра/)
    .first()
    .waitFor()
  await apply()
  await page.getByText('Проба остановилась: остальные ждут вашего решения').waitFor({ timeout: 30_000 })
  await expect.poll(() => figure('не вышло').innerText(), { timeout: 20_000 }).toMatch(/^3/)
  await batch().getByText('Нужно ваше решение 3').waitFor()
  await batch().getByText('отказ').first().waitFor()
  await shoot(page, 'x7 refused')
  const change = page.getByRole('button', { name: /^Изменить значение: / })
  for (let left = 3; left > 0; left--) {
    await expect.poll(() => change.count()).toBe(left)
    await change.first().click()
    for (const field of await page.getByRole('dialog').getByRole('textbox').all()) await field.fill('21')
    await page.getByRole('dialog').getByRole('button', { name: 'Отправить' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await becomes([21, 21, 21, 20, 20, 20])
  await expect.poll(() => figure('не вышло').innerText(), { timeout: 20_000 }).toMatch(/^3/)
})

test('X7 bulk limits: begun without a connection it waits, outlives a restart, and goes out once; somebody else’s change is a conflict', async () => {
  await chooseOwn()
  await world.platform.down()
  await button(/^Нет связи/).waitFor({ timeout: 60_000 })
  await addRule(1, 'увеличить на', '3')
  await world.page.getByText(/нет связи: изменения подождут в исходящих/).waitFor()
  await apply()
  await world.page.getByText(/Нет связи: пакет записан/).waitFor()
  const theirs = own[5]
  await mutate(world.platform, { op: 'update', dataset: 'limit', id: limitAt.get(theirs?.id ?? '') ?? '', fields: { value: 7 } })
  world.app = await world.app.restart({ args: ['--sync-interval=10'] })
  await goTo(world.page, '/outbox')
  await world.page.getByRole('link', { name: /Лимиты: 6 клиентов.*увеличить на 3/ }).click()
  await batch().waitFor()
  await world.platform.up()
  await goOnIfStopped()
  await becomes([23, 23, 23, 23, 23, 7], 60_000)
  const conflict = batch()
    .getByRole('row')
    .filter({ hasText: theirs?.name ?? '' })
  await conflict.getByText('На платформе уже 7. Ваше не отправлено.').waitFor()
  await conflict.getByRole('button', { name: /^Всё равно изменить/ }).click()
  await becomes([23, 23, 23, 23, 23, 23])
  await finished()
})

test('X7 bulk limits: taken back, what was changed since stays as it is and is listed', async () => {
  const { page } = world
  await chooseOwn()
  await addRule(1, 'установить', '16')
  await apply()
  await goOnIfStopped()
  await becomes([16, 16, 16, 16, 16, 16])
  await finished()
  await mutate(world.platform, { op: 'update', dataset: 'limit', id: limitAt.get(own[2]?.id ?? '') ?? '', fields: { value: 5 } })
  await button(/^Вернуть \d$/).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Вернуть/ })
    .click()
  await heading(page, /^Возврат: /).waitFor()
  await becomes([20, 20, 5, 20, 20, 20])
  await page.getByText('Применение окончено').waitFor()
  await goTo(page, '/outbox')
  await page
    .getByRole('group', { name: 'Изменения' })
    .getByText(own[2]?.name ?? '')
    .waitFor()
})

test('X7 bulk limits: a flaky platform ends in nothing refused and nothing twice; a batch can be stopped', async () => {
  const { page } = world
  await chooseOwn()
  await addRule(1, 'увеличить на', '2')
  await world.platform.tell('/faults', { faults: '409:0.2,429:0.1' })
  await apply()
  await expect.poll(async () => (await onPlatform()).includes(22), { timeout: 30_000 }).toBe(true)
  await world.platform.tell('/faults', { faults: '' })
  // A change that was answered and could not be read back is looked for half a minute later.
  await finished(60_000)
  await becomes([22, 22, 22, 22, 22, 22])
  await world.platform.down()
  await button(/^Нет связи/).waitFor({ timeout: 60_000 })
  await goTo(page, '/limits/bulk')
  await addRule(1, 'увеличить на', '1')
  await apply()
  await button('Остановить').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Остановить' }).click()
  await page.getByText('Остановлено: неотправленное отменено').waitFor()
  await world.platform.up()
  await becomes([22, 22, 22, 22, 22, 22])
})
