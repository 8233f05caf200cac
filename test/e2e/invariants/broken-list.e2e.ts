import { expect, test } from 'vitest'
import { mutate, state } from '../support/platform-rows'
import { goTo, grid, heading, open } from '../support/screens'
import { figure } from '../support/words'
import { useWorld } from '../support/world'

const INTERVAL_S = 10
/** The list of disks and each client's limits answer 500 from the first moment on, for ever; tickets are refused. */
const world = useWorld({
  platform: { clients: 12, break: 'disk:500,client/limit:500,ticket:403' },
  console: { args: [`--sync-interval=${String(INTERVAL_S)}`] },
  unfinished: true,
})

test('E4: a list that is broken for ever keeps no other from its changes: a client renamed shows within three intervals', async () => {
  const { page, platform } = world
  await heading(page, 'Общая информация').waitFor({ timeout: 30_000 })
  await open(page, 'Клиенты')
  const table = grid(page, 'Клиенты')
  const clients = await state(platform, 'client')
  await expect.poll(() => table.getAttribute('aria-rowcount'), { timeout: 30_000 }).toBe(String(clients.length + 1))
  const name = 'ООО «Новое Имя»'
  await mutate(platform, { op: 'update', dataset: 'client', id: clients[0]?.id ?? '', fields: { name } })
  await table.getByRole('link', { name, exact: true }).waitFor({ timeout: 3 * INTERVAL_S * 1000 })
})

test('E2: what is counted from the broken list is no figure and says why; servers and clients are right', async () => {
  const { page, platform } = world
  await goTo(page, '/')
  await heading(page, 'Общая информация').waitFor()
  const counter = (of: string) => page.getByRole('region', { name: 'Счётчики' }).getByRole('link', { name: new RegExp(`^${of}`) })
  const valueOf = async (of: string): Promise<number | null> => figure(await counter(of).locator('.value').first().innerText())
  await expect.poll(() => valueOf('Клиенты'), { timeout: 30_000 }).toBe((await state(platform, 'client')).length)
  await expect.poll(() => valueOf('Серверы'), { timeout: 30_000 }).toBe((await state(platform, 'vm')).length)
  const tile = (name: string) => page.getByTitle(`Кто использует: ${name}`)
  await expect.poll(() => tile('Диски').innerText()).toContain('—')
  await expect.poll(() => tile('CPU').innerText()).toMatch(/\d/)
})

test('the bar names the broken lists, and no other', async () => {
  const { page } = world
  const bar = page.getByRole('banner').getByRole('button', { name: /^Не обновляется: Диски, Лимиты/ })
  await bar.waitFor({ timeout: 30_000 })
  expect((await bar.innerText()).split(', ')).toHaveLength(2)
})

test('E8: limits that cannot be loaded are not called unread, and not «не задан»', async () => {
  const { page, platform } = world
  const [client] = await state(platform, 'client')
  await open(page, 'Клиенты')
  await grid(page, 'Клиенты')
    .getByRole('link', { name: String(client?.['name']), exact: true })
    .click()
  await page.getByRole('tab', { name: 'Лимиты' }).click()
  await page.getByText('Лимиты: не удаётся загрузить').waitFor()
  expect(await page.getByText('не задан').count()).toBe(0)
})

test('the page of the sync tells a list that is refused from one that fails, and counts nothing that was not read', async () => {
  const { page } = world
  await goTo(page, '/sync')
  const rowOf = (name: string) => page.getByRole('row', { name: new RegExp(`^${name} `) })
  await expect.poll(() => rowOf('Тикеты').innerText()).toContain('платформа отказала')
  expect((await rowOf('Диски').innerText()).split('\t')[1]).toBe('—')
})
