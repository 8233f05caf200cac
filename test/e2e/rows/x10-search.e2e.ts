import { beforeEach, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { state } from '../support/platform-rows'
import { entry, goTo, heading } from '../support/screens'
import { useWorld } from '../support/world'

const world = useWorld()
const palette = (): Locator => world.page.getByRole('dialog', { name: 'Поиск и команды' })
const options = (group?: string): Locator =>
  (group === undefined ? palette() : palette().getByRole('group', { name: group })).getByRole('option')
const type = async (text: string): Promise<void> => {
  await world.page.keyboard.press('Control+KeyK')
  await palette().getByRole('combobox').fill(text)
}

beforeEach(async () => {
  await goTo(world.page, '/')
  await heading(world.page, 'Общая информация').waitFor()
  await entry(world.page, 'Клиенты').waitFor()
})

test('X10 palette: finds a client from two letters on and opens it with Enter', async () => {
  const client = (await state(world.platform, 'client')).find(({ name }) => name.includes('Металаналитика'))
  if (client === undefined) throw new Error('the population has changed')
  await type('металан')
  await expect.poll(() => options('Клиенты').first().innerText()).toContain(client.name)
  await world.page.keyboard.press('Enter')
  await heading(world.page, client.name).waitFor()
})

test('X10 search: finds contracts, plans, servers and logins too, each with what it is', async () => {
  const [contracts, servers, accounts] = [
    await state(world.platform, 'contract'),
    await state(world.platform, 'vm'),
    await state(world.platform, 'account'),
  ]
  for (const [text, kind] of [
    [contracts[0]?.name ?? '', 'Контракт'],
    [servers[0]?.name ?? '', 'Сервер'],
    [accounts[3]?.login ?? '', 'Пользователь'],
    ['Корпоративный', 'Тарифный план'],
  ] as const) {
    await type(text)
    await options().filter({ hasText: text }).filter({ hasText: kind }).first().waitFor()
    await world.page.keyboard.press('Escape')
    await palette().waitFor({ state: 'detached' })
  }
})

test('X10 search: finds a payment by its number, a ticket by a word of its text and an event, and opens each in its own list', async () => {
  const { page, platform } = world
  const payment = (await state(platform, 'payment'))[0]
  const ticket = (await state(platform, 'ticket'))[0]
  const event = (await state(platform, 'event'))[0]
  if (!payment || !ticket || !event) throw new Error('the population has changed')
  const words = ticket.message.split(/\s+/).slice(0, 4).join(' ')
  const found = async (text: string, kind: string, title: string): Promise<void> => {
    await type(text)
    await options().filter({ hasText: kind }).first().click()
    await heading(page, title).waitFor()
  }
  await found(String(payment.id), 'Платёж', 'Платежи')
  await expect.poll(() => page.locator('header .count').innerText()).toBe('1')
  await found(words, 'Тикет', 'Тикеты')
  const reader = page.getByRole('complementary', { name: 'Тикет' })
  expect((await reader.locator('.full').innerText()).replace(/\s+/g, ' ')).toContain(words)
  await found(event.action, 'Событие', 'События')
  await expect.poll(() => page.locator('header .count').innerText()).not.toBe('0')
})

test('X10 palette: finds screens and actions, and does them', async () => {
  const { page } = world
  await type('тарифные')
  await options('Экраны').filter({ hasText: 'Тарифные планы' }).first().click()
  await heading(page, 'Тарифные планы').waitFor()
  await type('тёмная')
  await options('Действия').filter({ hasText: 'Тёмная тема' }).click()
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark')
  await type('светлая')
  await options('Действия').filter({ hasText: 'Светлая тема' }).click()
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light')
})

test('X10 palette: says that nothing was found, and Escape gives the focus back', async () => {
  const { page } = world
  await page.getByRole('button', { name: /Найти клиента, экран или действие/ }).click()
  await palette().getByRole('combobox').fill('щщщщ')
  await palette().getByText('Ничего не найдено').waitFor()
  await page.keyboard.press('Escape')
  await palette().waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.textContent ?? '')).toContain('Найти клиента')
})

test('X10 shortcuts: the sheet lists them, and the keys go where it says', async () => {
  const { page } = world
  await page.keyboard.press('F1')
  await page.getByRole('dialog', { name: 'Сочетания клавиш' }).getByText('Переходы').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Сочетания клавиш' }).waitFor({ state: 'detached' })
  await page.keyboard.press('KeyG')
  await page.keyboard.press('KeyC')
  await heading(page, 'Клиенты').waitFor()
  await page.keyboard.press('KeyG')
  await page.keyboard.press('KeyA')
  await heading(page, 'Оповещения').waitFor()
})
