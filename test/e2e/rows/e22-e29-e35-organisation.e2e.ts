import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { readCsv } from '../support/csv'
import { state } from '../support/platform-rows'
import { choose, column, grid, goTo, heading, open, rows, searchIn } from '../support/screens'
import { figure, kopecks, literal } from '../support/words'
import { shoot, useWorld } from '../support/world'

const world = useWorld()
const shown = async (): Promise<number> => figure((await world.page.locator('header .count').innerText()) || null) ?? -1
const pick = async (field: string, value: string): Promise<void> => {
  const { page } = world
  await choose(page, page.getByRole('button', { name: 'Добавить фильтр' }), field)
  const editor = page.getByRole('dialog', { name: field })
  const find = editor.getByLabel('Найти в списке')
  if ((await find.count()) > 0) await find.fill(value)
  await editor
    .getByRole('checkbox', { name: new RegExp(`^${literal(value)}`) })
    .first()
    .click()
  await editor.getByRole('button', { name: 'Применить' }).click()
}

beforeEach(async () => {
  await goTo(world.page, '/')
  await heading(world.page, 'Общая информация').waitFor()
})

test('E29 tickets: every ticket; topic, text and user combine; the reader shows the whole text with what was looked for marked', async () => {
  const { page } = world
  const all = await state(world.platform, 'ticket')
  await open(page, 'Тикеты')
  await expect.poll(shown).toBe(all.length)
  const word = /[а-яё]{6,}/i.exec(all[0]?.message ?? '')?.[0] ?? ''
  await choose(page, page.getByRole('button', { name: 'Добавить фильтр' }), 'Текст сообщения')
  const editor = page.getByRole('dialog', { name: 'Текст сообщения' })
  await editor.getByRole('textbox').fill(word)
  await editor.getByRole('button', { name: 'Применить' }).click()
  const holding = all.filter(({ message }) => message.toLowerCase().includes(word.toLowerCase()))
  await expect.poll(shown).toBe(holding.length)
  await rows(grid(page, 'Тикеты')).first().getByRole('gridcell').nth(1).click()
  const reader = page.getByRole('complementary', { name: 'Тикет' })
  const full = (await reader.locator('.full').innerText()).trim()
  expect(holding.map(({ message }) => message.trim())).toContain(full)
  expect((await reader.locator('mark').first().innerText()).toLowerCase()).toBe(word.toLowerCase())
  await shoot(page, 'tickets reader')
  await pick('Пользователь', holding[0]?.account.username ?? '')
  await expect.poll(shown).toBe(holding.filter(({ account }) => account.id === holding[0]?.account.id).length)
  await page.getByRole('button', { name: 'Сбросить фильтры' }).click()
  await expect.poll(shown).toBe(all.length)
})

test('E35 events: what the administrators did, the latest first; filtered by action, found by the object', async () => {
  const { page } = world
  const all = await state(world.platform, 'event')
  await open(page, 'События')
  await expect.poll(shown).toBe(all.length)
  await shoot(page, 'events')
  const action = all[0]?.action ?? ''
  await pick('Действие', action)
  await expect.poll(shown).toBe(all.filter((one) => one.action === action).length)
  await page.getByRole('button', { name: 'Сбросить фильтры' }).click()
  await searchIn(page, 'Поиск по событиям', 'нет такого события')
  await page.getByRole('heading', { name: 'Ничего не найдено' }).waitFor()
  await page.getByRole('button', { name: 'Показать все события' }).click()
  await expect.poll(shown).toBe(all.length)
})

test('E22 users: every user by login; the card tells what the user may reach', async () => {
  const { page } = world
  const all = await state(world.platform, 'account')
  await open(page, 'Пользователи')
  await expect.poll(shown).toBe(all.length)
  const one = all.find(({ objects }) => objects.length > 0)
  if (one === undefined) throw new Error('no user may reach anything')
  await searchIn(page, 'Поиск по пользователям', one.login)
  await expect.poll(shown).toBe(1)
  await rows(grid(page, 'Пользователи')).first().getByRole('gridcell').nth(1).click()
  const card = page.getByRole('complementary', { name: 'Пользователь' })
  for (const { name } of one.objects.slice(0, 3)) await card.getByText(name, { exact: true }).first().waitFor()
  await shoot(page, 'users card')
})

test('E29 tickets: beside the text stand the limits, the balance and the last note of its client, each leads on', async () => {
  const { page, platform } = world
  const [tickets, clients, projects] = [await state(platform, 'ticket'), await state(platform, 'client'), await state(platform, 'project')]
  const client = clients.find(({ id }) =>
    projects.some((one) => one.client.id === id && tickets.some(({ project }) => project?.id === one.id)),
  )
  const ticket = tickets.find(({ project }) => projects.some((one) => one.id === project?.id && one.client.id === client?.id))
  if (!client || !ticket) throw new Error('no ticket of a client')
  await open(page, 'Тикеты')
  await searchIn(page, 'Поиск по тикетам', ticket.message.split(/\s+/).slice(0, 5).join(' '))
  const table = grid(page, 'Тикеты')
  await table.getByRole('link', { name: client.name }).first().waitFor()
  await rows(table).filter({ hasText: client.name }).first().getByRole('gridcell').nth(1).click()
  const beside = page.getByRole('region', { name: 'Рядом с этим тикетом' })
  await expect.poll(async () => kopecks(figure(await beside.locator('.money').innerText()) ?? 0)).toBe(kopecks(client.contract.balance))
  await beside
    .getByText(/лимит|занято/i)
    .first()
    .waitFor()
  await beside
    .getByText(/примечани/i)
    .first()
    .waitFor()
  await shoot(page, 'tickets beside')
  await beside.getByRole('link', { name: 'Лимиты' }).first().click()
  await heading(page, client.name).waitFor()
  await page.getByRole('tab', { name: /^Лимиты/, selected: true }).waitFor()
})

const lists = [
  {
    title: 'E29 tickets',
    menu: 'Тикеты',
    search: 'Поиск по тикетам',
    sort: 'Пользователь',
    dataset: 'ticket',
    id: (one: { id: string }) => one.id,
  },
  {
    title: 'E35 events',
    menu: 'События',
    search: 'Поиск по событиям',
    sort: 'Пользователь',
    dataset: 'event',
    id: (one: { id: string }) => one.id,
  },
  {
    title: 'E22 users',
    menu: 'Пользователи',
    search: 'Поиск по пользователям',
    sort: 'Логин',
    dataset: 'account',
    id: (one: { id: string }) => one.id,
  },
] as const

test.each(lists)(
  '$title: sorted both ways, and the chosen rows are copied as a table under the names of its columns',
  async ({ menu, sort }) => {
    const { page } = world
    await open(page, menu)
    const table = grid(page, menu)
    const by = table.getByRole('columnheader').getByRole('button', { name: sort, exact: true })
    const head = table.getByRole('columnheader', { name: sort, exact: true })
    await by.click()
    const first = await head.getAttribute('aria-sort')
    await by.click()
    await expect.poll(() => head.getAttribute('aria-sort')).not.toBe(first)
    const values = (await column(table, sort)).filter((text) => text !== '' && text !== '—').map((text) => text.toLowerCase())
    const up = (await head.getAttribute('aria-sort')) === 'ascending'
    const [top = '', bottom = ''] = [values[0], values.at(-1)]
    expect(up ? top <= bottom : top >= bottom).toBe(true)
    await table.focus()
    for (const key of ['Home', ' ', 'Shift+ArrowDown']) await page.keyboard.press(key)
    await page.getByRole('toolbar', { name: 'Действия с выбранными' }).getByText('Выбрано 2').waitFor()
    const before = world.app.events('clipboard').length
    await page.keyboard.press('Control+c')
    await expect.poll(() => world.app.events('clipboard').length).toBeGreaterThan(before)
    const lines = String(world.app.events('clipboard').at(-1)?.['text'])
      .split('\n')
      .map((line) => line.split('\t'))
    expect(lines).toHaveLength(3)
    expect(lines[0]).toContain(sort)
    expect(new Set(lines.map((line) => line.length)).size).toBe(1)
    await page.keyboard.press('Escape')
  },
)

test('E22 users, E29 tickets, E35 events: without a line they open whole, are searched in full and exported with their own time', async () => {
  const { page, platform } = world
  const wanted = await Promise.all(lists.map(async ({ dataset, id }) => (await state(platform, dataset)).map(id).sort()))
  const word =
    (await state(platform, 'ticket'))[0]?.message
      .split(/\s+/)
      .at(-1)
      ?.replace(/[^\p{L}]/gu, '') ?? ''
  const holding = (await state(platform, 'ticket')).filter(({ message }) => message.toLowerCase().includes(word.toLowerCase())).length
  await platform.down()
  await page
    .getByText(/^Нет связи/)
    .first()
    .waitFor({ timeout: 60_000 })
  for (const [at, { menu, search }] of lists.entries()) {
    await open(page, menu)
    await expect.poll(shown).toBe(wanted[at]?.length)
    if (menu === 'Тикеты') {
      await searchIn(page, search, word)
      await expect.poll(shown).toBeGreaterThanOrEqual(holding)
      await searchIn(page, search, '')
      await expect.poll(shown).toBe(wanted[at]?.length)
    }
    const filePath = join(world.app.userDataDir, '..', `${String(at)}-${String(Math.random()).slice(2)}.csv`)
    await world.app.desktop.answerDialog({ filePath })
    await choose(page, page.getByRole('button', { name: 'Выгрузить показанное' }), 'Все колонки')
    await page
      .getByText(/^Выгружен/)
      .first()
      .waitFor()
    const lines = readCsv(readFileSync(filePath, 'utf8'))
    const end = lines.findIndex((line) => line.join('') === '')
    expect(lines.slice(1, end)).toHaveLength(wanted[at]?.length ?? -1)
    expect(lines.slice(end).flat().join(' ')).toMatch(/Данные на \d\d\.\d\d\.\d{4} \d\d:\d\d/)
    await page
      .getByText(/^Выгружен/)
      .first()
      .waitFor({ state: 'detached', timeout: 20_000 })
  }
  await platform.up()
})
