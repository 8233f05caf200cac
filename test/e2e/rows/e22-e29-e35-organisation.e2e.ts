import { beforeEach, expect, test } from 'vitest'
import { state } from '../support/platform-rows'
import { choose, grid, goTo, heading, open, rows, searchIn } from '../support/screens'
import { figure, literal } from '../support/words'
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
