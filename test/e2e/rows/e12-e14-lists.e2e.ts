import { beforeEach, expect, test } from 'vitest'
import { state } from '../support/platform-rows'
import { choose, column, goTo, grid, heading, names, open, rowOf, searchIn } from '../support/screens'
import { figure, kopecks, sum } from '../support/words'
import { useWorld } from '../support/world'

const world = useWorld()
const contracts = () => grid(world.page, 'Контракты')
const plans = () => grid(world.page, 'Тарифные планы')
const countOf = async (table: ReturnType<typeof grid>): Promise<number> => Number(await table.getAttribute('aria-rowcount')) - 1

beforeEach(async () => {
  await goTo(world.page, '/')
  await heading(world.page, 'Общая информация').waitFor()
})

test('E12 contracts: every contract with partner and client, balance and plan; the total is their sum', async () => {
  const { page } = world
  const all = await state(world.platform, 'contract')
  await open(page, 'Контракты')
  await expect.poll(() => countOf(contracts())).toBe(all.length)
  const total = contracts().getByRole('row').last().locator('.money').first()
  expect(kopecks(figure(await total.innerText()) ?? 0)).toBe(sum(all.map(({ balance }) => kopecks(balance))))
  const one = all.find(({ counterparty_right }) => counterparty_right !== null)
  if (!one?.counterparty_right) throw new Error('no contract has a client')
  await searchIn(page, 'Поиск по контрактам', one.name)
  const row = rowOf(contracts(), one.name)
  await row.waitFor()
  expect((await row.innerText()).replace(/\s+/g, ' ')).toContain(`${one.counterparty_left.name} – ${one.counterparty_right.name}`)
  expect(figure(await row.locator('.money').innerText())).toBe(one.balance)
  expect(await row.innerText()).toContain(one.billing_plan.name)
})

test('E12 contracts: searched by the client too, filtered by balance, sorted both ways', async () => {
  const { page } = world
  const all = await state(world.platform, 'contract')
  await open(page, 'Контракты')
  const client = all.find(({ counterparty_right }) => counterparty_right !== null)?.counterparty_right?.name ?? ''
  await searchIn(page, 'Поиск по контрактам', client)
  await expect.poll(() => countOf(contracts())).toBe(all.filter(({ counterparty_right }) => counterparty_right?.name === client).length)
  await searchIn(page, 'Поиск по контрактам', '')
  await choose(page, page.getByRole('button', { name: 'Добавить фильтр' }), 'Баланс: отрицательный')
  await expect.poll(() => countOf(contracts())).toBe(all.filter(({ balance }) => balance < 0).length)
  const lowest = all.map(({ balance }) => balance).sort((a, b) => a - b)
  await contracts().getByRole('columnheader').getByRole('button', { name: 'Баланс' }).click()
  await expect.poll(async () => figure((await column(contracts(), 'Баланс'))[0] ?? null)).toBe(lowest[0])
  await page.getByRole('button', { name: 'Сбросить фильтры' }).click()
  await contracts().getByRole('columnheader').getByRole('button', { name: 'Баланс' }).click()
  await expect.poll(async () => figure((await column(contracts(), 'Баланс'))[0] ?? null)).toBe(lowest.at(-1))
})

test('E12 contracts: name, client and plan lead to their own pages; none can be made here', async () => {
  const { page } = world
  const one = (await state(world.platform, 'contract')).find(({ counterparty_right }) => counterparty_right?.entity === 'client')
  if (!one?.counterparty_right) throw new Error('no contract has a client')
  for (const [link, title] of [
    [one.name, one.name],
    [one.counterparty_right.name, one.counterparty_right.name],
    [one.billing_plan.name, one.billing_plan.name],
  ] as const) {
    await open(page, 'Контракты')
    await searchIn(page, 'Поиск по контрактам', one.name)
    await rowOf(contracts(), one.name).getByRole('link', { name: link, exact: true }).click()
    await heading(page, title).waitFor()
  }
  await open(page, 'Контракты')
  expect(await page.getByRole('button', { name: /^(Добавить|Создать) контракт/ }).count()).toBe(0)
  await page.getByRole('button', { name: 'Контракты заключаются вне консоли: создать их здесь нельзя' }).waitFor()
})

test('E14 plans: every plan with its number of contracts, sorted by name and by date, both ways', async () => {
  const { page } = world
  const all = await state(world.platform, 'billing_plan')
  await open(page, 'Тарифные планы')
  await expect.poll(() => countOf(plans())).toBe(all.length)
  for (const plan of all.slice(0, 4))
    expect(figure((await rowOf(plans(), plan.name).getByRole('gridcell').nth(1).innerText()) || null), plan.name).toBe(plan.contracts)
  const byDate = [...all].sort((a, b) => a.ctime.localeCompare(b.ctime)).map(({ name }) => name)
  const sort = page.getByRole('button', { name: 'Упорядочить' })
  await choose(page, sort, 'Создан')
  await expect.poll(async () => (await names(plans()))[0]).toBe(byDate.at(-1))
  await choose(page, sort, 'по возрастанию')
  await expect.poll(async () => (await names(plans()))[0]).toBe(byDate[0])
  await choose(page, sort, 'Имя')
  const up = await names(plans())
  await choose(page, sort, 'по убыванию')
  await expect.poll(() => names(plans())).toEqual(up.toReversed())
})

test('E14 plans: the filter by name suggests while typing; what is taken stands alone', async () => {
  const { page } = world
  const all = await state(world.platform, 'billing_plan')
  const wanted = all[0]?.name ?? ''
  await open(page, 'Тарифные планы')
  const search = page.getByRole('combobox', { name: 'Поиск по имени' })
  await search.pressSequentially(wanted.slice(0, 3).toLowerCase())
  await page.getByRole('listbox', { name: 'Подходящие тарифные планы' }).getByRole('option', { name: wanted, exact: true }).click()
  await expect
    .poll(() => names(plans()))
    .toEqual(all.filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase())).map(({ name }) => name))
  await search.fill('нет такого плана')
  await page.getByRole('heading', { name: 'Ничего не найдено' }).waitFor()
  await page.getByRole('button', { name: 'Сбросить фильтры' }).first().click()
  await expect.poll(() => countOf(plans())).toBe(all.length)
})

test('E14 plans: the number of contracts leads to exactly those contracts', async () => {
  const { page } = world
  const all = await state(world.platform, 'contract')
  const plan = (await state(world.platform, 'billing_plan')).find(({ id }) => all.some(({ billing_plan }) => billing_plan.id === id))
  if (plan === undefined) throw new Error('no plan is in use')
  await open(page, 'Тарифные планы')
  await rowOf(plans(), plan.name).getByRole('gridcell').getByRole('link').first().click()
  await heading(page, 'Контракты').waitFor()
  await expect.poll(() => countOf(contracts())).toBe(all.filter(({ billing_plan }) => billing_plan.id === plan.id).length)
})

test('E12, E14: what stands on endpoints that the vendor does not publish says so, what stands on published ones does not', async () => {
  const { page } = world
  const guessed = page.getByRole('img', { name: /^По предположению/ })
  for (const [screen, table, marks] of [
    ['Контракты', 'Контракты', 1],
    ['Тарифные планы', 'Тарифные планы', 1],
    ['Клиенты', 'Клиенты', 0],
  ] as const) {
    await open(page, screen)
    await heading(page, screen).waitFor()
    await expect.poll(() => countOf(grid(page, table))).toBeGreaterThan(0)
    expect(await guessed.count(), screen).toBe(marks)
  }
})
