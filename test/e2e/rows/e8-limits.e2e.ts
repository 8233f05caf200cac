import { beforeEach, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { mutate, type ClientState, state } from '../support/platform-rows'
import { goTo, openClient, readThrough, tab } from '../support/screens'
import { shoot, useWorld } from '../support/world'

interface Limit {
  id: string
  type: string
  value: number
  hypervisor: { id: string; name: string; type: string }
}

let client: ClientState
let hypervisor = ''
const world = useWorld({
  platform: { clients: 12 },
  console: { args: ['--sync-interval=10'] },
  before: async (platform) => {
    const [first] = await state(platform, 'client')
    if (!first) throw new Error('the population has changed')
    client = first
    hypervisor = first.allowed_hypervisors[0]?.name ?? ''
    const kind = (first.allowed_hypervisors[0] as unknown as { type: string }).type
    for (const { id } of await platform.read<Limit[]>('/state/limit')) await mutate(platform, { op: 'delete', dataset: 'limit', id })
    for (const [type, value] of [
      ['ip', 3],
      ['cpu', 40],
      ['disk', 9],
    ] as const)
      await mutate(platform, { op: 'create', dataset: 'limit', fields: { client: client.id, type, value, hypervisor: kind } })
  },
})
const onPlatform = async (): Promise<Record<string, number>> =>
  Object.fromEntries((await world.platform.read<Limit[]>('/state/limit')).map(({ type, value }) => [type, value]))
const cell = (type: string): Locator => world.page.getByRole('textbox', { name: `${type}, ${hypervisor}`, exact: true })
const save = (): Locator => world.page.getByRole('button', { name: 'Сохранить', exact: true })
const valueOf = async (type: string): Promise<string> => (await cell(type).inputValue()).replace(/\s/g, '')
const type = async (name: string, text: string): Promise<void> => {
  await cell(name).focus()
  await world.page.keyboard.type(text)
}

beforeEach(async () => {
  await goTo(world.page, '/clients')
  await openClient(world.page, client.name)
  await tab(world.page, 'Лимиты')
  await cell('IP').waitFor()
})

test('E8 limits: changed, added and taken away in the table, all of it goes with one save', async () => {
  const { page } = world
  await expect.poll(() => valueOf('CPU')).toBe('40')
  await type('IP', '4')
  await page.keyboard.press('ArrowDown')
  await type('Сеть', '2')
  await page.keyboard.press('Enter')
  await cell('Диски').focus()
  await page.keyboard.press('Delete')
  await page.getByText('Изменено 3', { exact: true }).waitFor()
  await shoot(page, 'e8 limits changed')
  await save().click()
  await expect.poll(onPlatform, { timeout: 20_000 }).toEqual({ ip: 4, cpu: 40, network: 2 })
  await expect.poll(() => valueOf('Сеть'), { timeout: 20_000 }).toBe('2')
  await expect.poll(() => save().count()).toBe(0)
})

test('E8 limits: Escape takes back, what is no number is told in words and not saved', async () => {
  const { page } = world
  await expect.poll(() => valueOf('IP')).toBe('4')
  await type('IP', '12,5')
  await page.keyboard.press('Tab')
  await page.getByText(`IP, ${hypervisor}: нужно целое число`).waitFor()
  expect(await save().isDisabled()).toBe(true)
  await cell('IP').focus()
  await page.keyboard.press('Escape')
  expect(await valueOf('IP')).toBe('4')
  await expect.poll(() => save().count()).toBe(0)
})

test('E8 limits: below what is in use a warning stands under the row, with the way back', async () => {
  const { page } = world
  await type('CPU', '0')
  await page.keyboard.press('Enter')
  await page.getByText(/CPU, .*: занято \d+, станет 0\./).waitFor()
  await page.getByText('1 ниже занятого').waitFor()
  await page.getByRole('button', { name: 'Вернуть: 40' }).click()
  expect(await valueOf('CPU')).toBe('40')
  await expect.poll(() => save().count()).toBe(0)
})

test('E8 limits: a template is kept, compared and only fills the table', async () => {
  const { page } = world
  await page.getByRole('button', { name: 'Сохранить значения как шаблон' }).click()
  await page.getByLabel('Название шаблона').fill('Обычный')
  await page.keyboard.press('Enter')
  await page.getByRole('radio', { name: /^Обычный/ }).waitFor()
  await page.getByText('Отличия 0').waitFor()
  await type('IP', '77')
  await page.keyboard.press('Enter')
  const before = await onPlatform()
  await page.getByRole('button', { name: 'Отменить', exact: true }).click()
  expect(await valueOf('IP')).toBe(String(before['ip']))
  expect(await onPlatform()).toEqual(before)
})

test('E8 limits: offline a change waits in blue, outlives a restart, and goes out once when the platform is back', async () => {
  await readThrough(world.page)
  await world.platform.down()
  await world.page.getByRole('button', { name: /^Нет связи/ }).waitFor({ timeout: 60_000 })
  await type('IP', '5')
  await world.page.keyboard.press('Enter')
  await save().click()
  await world.page.getByText('ждёт 5').waitFor()
  world.app = await world.app.restart({ args: ['--sync-interval=10'] })
  await goTo(world.page, '/clients')
  await openClient(world.page, client.name)
  await tab(world.page, 'Лимиты')
  await world.page.getByText('ждёт 5').waitFor()
  await world.platform.up()
  await expect.poll(async () => (await onPlatform())['ip'], { timeout: 60_000 }).toBe(5)
  await expect.poll(() => valueOf('IP'), { timeout: 30_000 }).toBe('5')
  await world.page.getByText('ждёт 5').waitFor({ state: 'detached' })
})
