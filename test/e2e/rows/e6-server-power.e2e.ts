import { beforeEach, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { state, type ClientState, type ServerState } from '../support/platform-rows'
import { goTo, heading } from '../support/screens'
import { shoot, useWorld } from '../support/world'

let client: ClientState
let server: ServerState
const world = useWorld({
  platform: { clients: 6 },
  before: async (platform) => {
    const [projects, vdcs] = [await state(platform, 'project'), await state(platform, 'vdc')]
    const found = (await state(platform, 'vm')).find(({ power, vdc }) => power && vdcs.some(({ id }) => id === vdc.id))
    const project = projects.find(({ vdc }) => vdc.some(({ id }) => id === found?.vdc.id))
    const owner = (await state(platform, 'client')).find(({ id }) => id === project?.client.id)
    if (!found || !owner) throw new Error('the population has changed')
    server = found
    client = owner
  },
})
const tree = (): Locator => world.page.getByRole('treegrid', { name: 'Проекты' })
const row = (): Locator => tree().getByRole('row').filter({ hasText: server.name }).first()
const powerOnPlatform = async (): Promise<boolean | undefined> =>
  (await state(world.platform, 'vm')).find(({ id }) => id === server.id)?.power
const order = async (item: RegExp): Promise<void> => {
  await row()
    .getByRole('button', { name: `Действия с сервером ${server.name}` })
    .click()
  await world.page.getByRole('menuitem', { name: item }).click()
}

beforeEach(async () => {
  const { page } = world
  const id = await page.evaluate(async () => {
    const { api } = window as unknown as { api: { connections: { list: (input: object) => Promise<{ value: { id: string }[] }> } } }
    return (await api.connections.list({})).value[0]?.id ?? ''
  })
  await goTo(page, `/clients/${id}/${client.id}/projects`)
  await heading(page, `Проекты: ${client.name}`).waitFor()
  await page.getByLabel('Найти проект, сервер или диск').fill(server.name)
  await row().waitFor()
})

test('E6 server: off asks first, shows the job while it runs, and ends as the platform ends', async () => {
  const { page } = world
  await world.platform.tell('/jobs', { ms: 4000 })
  await order(/^Выключить/)
  await page.getByRole('button', { name: 'Выключить', exact: true }).click()
  await row().getByText('выключается…').waitFor()
  await shoot(page, 'e6 server under way')
  expect(await powerOnPlatform()).toBe(true)
  await expect.poll(powerOnPlatform, { timeout: 15_000 }).toBe(false)
  await row().getByText('выключен', { exact: true }).waitFor()
})

test('E6 server: a job that fails late is told at the server, in words, until it was read', async () => {
  await world.platform.tell('/jobs', { failing: 1, ms: 1500 })
  await order(/^Включить/)
  await row().getByText('включить не вышло').waitFor({ timeout: 15_000 })
  expect(await powerOnPlatform()).toBe(false)
  await row().getByRole('button', { name: 'Понятно, убрать' }).click()
  await row().getByText('выключен', { exact: true }).waitFor()
})

test('E6 server: without a connection no order can be given, and the menu says why', async () => {
  const { page } = world
  await world.platform.down()
  await page.getByRole('button', { name: /^Нет связи/ }).waitFor({ timeout: 60_000 })
  await row()
    .getByRole('button', { name: `Действия с сервером ${server.name}` })
    .click()
  for (const item of [/^Включить · нужна связь/, /^Выключить · нужна связь/, /^Перезагрузить · нужна связь/])
    expect(await page.getByRole('menuitem', { name: item }).getAttribute('aria-disabled')).toBe('true')
  await page.keyboard.press('Escape')
  await world.platform.up()
})
