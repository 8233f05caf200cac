import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { readCsv } from '../support/csv'
import { state, type PaymentState } from '../support/platform-rows'
import { choose, grid, goTo, heading, open, rows, searchIn } from '../support/screens'
import { figure, kopecks, sum } from '../support/words'
import { useWorld } from '../support/world'

const world = useWorld()
const table = () => grid(world.page, 'Платежи')
const all = (): Promise<PaymentState[]> => state(world.platform, 'payment')
const isDone = ({ status }: PaymentState): boolean => status === 'Успешно'
/** What the title says: payments, not lines. */
const shown = async (): Promise<number> => figure((await world.page.locator('header .count').innerText()) || null) ?? -1
const total = async (): Promise<number> => kopecks(figure(await table().getByRole('row').last().locator('.money').first().innerText()) ?? 0)

beforeEach(async () => {
  await goTo(world.page, '/')
  await heading(world.page, 'Общая информация').waitFor()
  await open(world.page, 'Платежи')
  await table().waitFor()
})

test('E28 payments: every payment, the latest first, by days; the total is the sum of the completed', async () => {
  const payments = await all()
  await expect.poll(shown).toBe(payments.length)
  expect(await total()).toBe(sum(payments.filter(isDone).map(({ amount }) => kopecks(amount))))
  const first = rows(table()).first()
  expect(await first.getAttribute('class')).toContain('head')
  const latest = payments.toSorted((a, b) => b.ctime.localeCompare(a.ctime))[0]
  expect(figure(await rows(table()).nth(1).locator('.money').innerText())).toBe(Math.abs(latest?.amount ?? 0))
  expect(await table().getByRole('row').last().innerText()).toContain(String(payments.filter(isDone).length))
})

test('E28 payments: filtered by status, method and client, which combine; found by the client too', async () => {
  const { page } = world
  const payments = await all()
  const pick = async (field: string, value: string): Promise<void> => {
    await choose(page, page.getByRole('button', { name: 'Добавить фильтр' }), field)
    const editor = page.getByRole('dialog', { name: field })
    const find = editor.getByLabel('Найти в списке')
    if ((await find.count()) > 0) await find.fill(value)
    await editor
      .getByRole('checkbox', { name: new RegExp(`^${value}`) })
      .first()
      .click()
    await editor.getByRole('button', { name: 'Применить' }).click()
  }
  await pick('Статус', 'Успешно')
  await expect.poll(shown).toBe(payments.filter(isDone).length)
  await pick('Метод', 'Коррекция')
  const corrections = payments.filter((one) => isDone(one) && one.method === 'Коррекция')
  await expect.poll(shown).toBe(corrections.length)
  await page.getByRole('button', { name: 'Сбросить фильтры' }).click()
  await page.getByRole('tab', { name: /^Коррекции/ }).click()
  await expect.poll(shown).toBe(payments.filter(({ method }) => method === 'Коррекция').length)
  await page.getByRole('tab', { name: /^Все/ }).click()
  const clients = await state(world.platform, 'client')
  const client = clients.find(({ contract }) => payments.some((one) => one.contract.id === contract.id))
  await searchIn(page, 'Поиск по платежам', client?.name ?? '')
  await expect.poll(shown).toBe(payments.filter((one) => one.contract.id === client?.contract.id).length)
  await searchIn(page, 'Поиск по платежам', '')
})

test('E28 payments: sorted by the sum there are no days; the name of the client leads to its card', async () => {
  const { page } = world
  const amounts = (await all()).map(({ amount }) => amount).sort((a, b) => b - a)
  await table().getByRole('columnheader').getByRole('button', { name: 'Сумма' }).click()
  await expect.poll(async () => figure(await rows(table()).first().locator('.money').innerText())).toBe(amounts[0])
  expect(await table().locator('.tr.head').count()).toBe(0)
  const link = rows(table()).first().getByRole('link').first()
  const name = await link.innerText()
  await link.click()
  await heading(page, name).waitFor()
})

test('E28 payments: without a line they open as they were, and are exported with their own time under them', async () => {
  const { page } = world
  const payments = await all()
  await world.platform.down()
  await page
    .getByText(/^Нет связи/)
    .first()
    .waitFor({ timeout: 60_000 })
  await expect.poll(shown).toBe(payments.length)
  const filePath = join(world.app.userDataDir, '..', `payments-${String(Math.random()).slice(2)}.csv`)
  await world.app.desktop.answerDialog({ filePath })
  await choose(page, page.getByRole('button', { name: 'Выгрузить показанное' }), 'Все колонки')
  await page
    .getByText(/^Выгружен/)
    .first()
    .waitFor()
  const lines = readCsv(readFileSync(filePath, 'utf8'))
  const end = lines.findIndex((line) => line.join('') === '')
  const [head = [], ...body] = lines.slice(0, end)
  expect(head).toEqual(['Дата', 'Транзакция', 'Сумма', 'Валюта', 'Клиент', 'Контракт', 'Метод', 'Статус', 'ID'])
  expect(body.map((line) => line.at(-1)).sort()).toEqual(payments.map(({ id }) => String(id)).sort())
  expect(sum(body.map((line) => kopecks(figure(line[2] ?? '') ?? 0)))).toBe(sum(payments.map(({ amount }) => kopecks(amount))))
  await world.platform.up()
})
