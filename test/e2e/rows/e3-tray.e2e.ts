import { beforeAll, expect, test } from 'vitest'
import { mutate, state } from '../support/platform-rows'
import { heading, open, synced } from '../support/screens'
import { naive } from '../support/words'
import { useWorld } from '../support/world'

const world = useWorld({
  platform: { clients: 8 },
  before: async (platform) => {
    const [client] = await state(platform, 'client')
    await mutate(platform, {
      op: 'create',
      dataset: 'note',
      fields: { client: client?.id, text: 'Счёт & акт: вчера', alert_time: naive(Date.now() - 3_600_000), author: 'me' },
    })
  },
})
interface Item {
  id?: string
  label?: string
  enabled?: boolean
}
const items = async (): Promise<Item[]> => ((await world.app.desktop.readMenus()).tray ?? []) as Item[]
const item = async (id: string): Promise<Item | undefined> => (await items()).find((one) => one.id === id)
const visible = async (): Promise<boolean> => (await world.app.desktop.windows()).some((window) => window.visible)
let client = ''
beforeAll(async () => {
  client = (await state(world.platform, 'client'))[0]?.name ?? ''
})

test('E3 tray: it counts the due alerts, names the nearest ones and leads to them', async () => {
  await expect.poll(async () => (await item('alerts'))?.label, { timeout: 15_000 }).toMatch(/^Оповещения: [1-9]/)
  const due = Number((await item('alerts'))?.label?.replace(/\D/g, ''))
  const own = (await items()).find(({ label }) => label?.includes('Счёт'))
  expect(own?.label).toBe(`● ${client}: Счёт && акт: вчера`)
  const tooltips = world.app.events('tray').map(({ tooltip }) => tooltip)
  expect(tooltips.at(-1)).toBe(`Пульт партнёра: оповещений — ${due}`)
  await world.app.desktop.clickTrayItem(own?.id ?? '')
  await heading(world.page, client).waitFor()
  await world.page.getByText('Счёт & акт: вчера').first().waitFor()
  await world.app.desktop.clickTrayItem('alerts')
  await heading(world.page, 'Оповещения').waitFor()
})

test('E3 tray: while the screen is locked it counts and names nobody', async () => {
  await world.app.desktop.power('lock-screen')
  await expect.poll(async () => (await items()).some(({ id }) => id?.startsWith('alert-'))).toBe(false)
  expect(JSON.stringify(await items())).not.toContain(client)
  expect((await item('alerts'))?.label).toMatch(/^Оповещения: [1-9]/)
  await world.app.desktop.power('unlock-screen')
  await expect.poll(async () => (await items()).some(({ id }) => id?.startsWith('alert-'))).toBe(true)
})

test('E3 tray: closing the window leaves the program at work, and says so once', async () => {
  const { page } = world
  await open(page, 'Клиенты')
  await world.app.desktop.closeWindow()
  await expect.poll(visible).toBe(false)
  const told = (): number => world.app.events('notification').filter(({ title }) => title === 'Пульт партнёра продолжает работать').length
  await expect.poll(told).toBe(1)
  expect(world.app.isRunning()).toBe(true)
  await mutate(world.platform, { op: 'create', dataset: 'client', fields: { name: 'ООО «Пришёл Ночью»', balance: 0 } })
  await world.app.desktop.clickTrayItem('sync')
  await world.app.desktop.clickTray()
  await expect.poll(visible).toBe(true)
  await heading(page, 'Клиенты').waitFor()
  await page.getByRole('link', { name: 'ООО «Пришёл Ночью»' }).first().waitFor()
  await world.app.desktop.closeWindow()
  await expect.poll(visible).toBe(false)
  await world.app.desktop.startAgain()
  await expect.poll(visible).toBe(true)
  expect(told()).toBe(1)
})

test('E3 tray: without a line it says so, and what waits to be sent leads to the outbox', async () => {
  const { page } = world
  await world.platform.down()
  await world.app.desktop.clickTrayItem('sync')
  await expect.poll(async () => (await item('offline'))?.label, { timeout: 45_000 }).toBe('Нет связи с платформой')
  await page.getByRole('link', { name: client }).first().click()
  await heading(page, client).waitFor()
  await page.getByRole('tab', { name: /^Примечания/ }).click()
  await page.getByRole('button', { name: 'Добавить примечание' }).click()
  const editor = page.getByRole('form', { name: 'Новое примечание' })
  await editor.getByLabel('Текст примечания').fill('Ждёт связи')
  await editor.getByRole('button', { name: 'Принять' }).click()
  await expect.poll(async () => (await item('waiting'))?.label).toBe('Ждут отправки: 1')
  await world.app.desktop.clickTrayItem('waiting')
  await heading(page, 'Исходящие').waitFor()
  await world.platform.up()
})

test('E3 tray: its Quit ends the program', async () => {
  await world.app.desktop.clickTrayItem('quit')
  await expect.poll(() => world.app.isRunning(), { timeout: 15_000 }).toBe(false)
  world.app = await world.app.restart()
  await synced(world.page)
})
