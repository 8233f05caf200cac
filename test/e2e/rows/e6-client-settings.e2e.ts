import { beforeEach, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { state, type ClientState, type LimitState } from '../support/platform-rows'
import { goTo, heading, openClient, tab } from '../support/screens'
import { figure } from '../support/words'
import { useWorld } from '../support/world'

const world = useWorld()
const panel = (name: string): Locator => world.page.getByRole('tabpanel', { name })
const some = async (matches: (client: ClientState) => boolean): Promise<ClientState> => {
  const found = (await state(world.platform, 'client')).find(matches)
  if (found === undefined) throw new Error('the population has no such client')
  return found
}
const valueOf = (name: string): Locator => world.page.locator(`dt:text-is("${name}") + dd`).first()

beforeEach(async () => {
  await goTo(world.page, '/clients')
})

test('E6 settings: a client as the platform has it, read-only, each of the four hints where it acts', async () => {
  const client = await some(({ internet, name }) => internet > 0 && name.includes('«'))
  await openClient(world.page, client.name)
  const main = panel('Основные настройки')
  await main.getByText(/^Пока только для чтения/).waitFor()
  expect(await valueOf('Имя').innerText()).toBe(client.name)
  expect(await main.locator('dt:text-is("Партнер") + dd').innerText()).toBe(client.partner.name)
  expect(await main.locator('dt:text-is("Контракт") + dd').innerText()).toContain(client.contract.name)
  expect(await main.locator('dt:text-is("Контракт") + dd').innerText()).toContain(
    'Изменение контракта возможно только на новый, который не был связан ни с одной организацией.',
  )
  expect(await main.locator('dt:text-is("Тарифный план") + dd').innerText()).toContain(client.contract.billing_plan.name)
  expect(await valueOf('Интернет').innerText()).toContain('Отключение не приведет к автоматическому изъятию публичных IP у клиента.')
  expect(figure(await valueOf('Скорость доступа в Интернет').innerText())).toBe(client.internet)
  expect(await valueOf('Скорость доступа в Интернет').innerText()).toContain('только на новые роутеры')
  expect(figure(await valueOf('Скорость локальной сети (Мбит/с)').innerText())).toBe(client.lan)
  expect(await valueOf('Скорость локальной сети (Мбит/с)').innerText()).toContain('только на новые серверы')
  expect(await main.locator('dt:text-is("Модель оплаты") + dd').innerText()).toBe(
    client.payment_model === 'prepay' ? 'Предоплата' : 'Постоплата',
  )
  expect(await main.getByRole('textbox').count()).toBe(0)
})

test('E6 limits: each hypervisor with its limits, as many as the platform has', async () => {
  const { page } = world
  for (const client of (await state(world.platform, 'client')).slice(0, 4)) {
    const answer = await fetch(`${world.platform.url}/v1/client/${client.id}/limit`, {
      headers: { authorization: `Bearer ${world.platform.token}` },
    })
    const limits = ((await answer.json()) as { items: LimitState[] }).items
    await openClient(page, client.name)
    await tab(page, 'Лимиты')
    const cells = panel('Лимиты').getByRole('table').getByRole('textbox')
    await cells.first().waitFor()
    const shown = async (): Promise<number[]> => {
      const values = await cells.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value.replace(/\s/g, '')))
      return values
        .filter((value) => value !== '')
        .map(Number)
        .sort((one, other) => one - other)
    }
    const wanted = limits.map(({ value }) => value).sort((one, other) => one - other)
    await expect.poll(shown, { message: client.name }).toEqual(wanted)
    await goTo(page, '/clients')
  }
})

test('E6 access: the users of a client with their roles; nobody yet means that nobody manages it', async () => {
  const { page } = world
  const accounts = await state(world.platform, 'account')
  const usersOf = (client: ClientState) =>
    accounts.filter(({ objects }) => objects.some((one) => one.entity === 'client' && one.id === client.id))
  const managed = await some((client) => usersOf(client).length > 0)
  await openClient(page, managed.name)
  await tab(page, 'Управление доступом')
  for (const user of usersOf(managed))
    await panel('Управление доступом').getByRole('row').filter({ hasText: user.login }).filter({ hasText: user.username }).first().waitFor()
  const alone = await some((client) => usersOf(client).length === 0)
  await openClient(page, alone.name)
  await tab(page, 'Управление доступом')
  await panel('Управление доступом').getByRole('heading', { name: 'Никем не управляется' }).waitFor()
  const invite = panel('Управление доступом').getByRole('button', { name: 'Пригласить пользователя' })
  expect(await invite.isDisabled()).toBe(true)
  await panel('Управление доступом').getByText('Приглашение пользователей появится в одной из следующих версий').waitFor()
})

test('E6 settings: contract, plan and partner are links of their own', async () => {
  const client = await some(() => true)
  const main = panel('Основные настройки')
  for (const [name, title] of [
    [client.contract.name, client.contract.name],
    [client.contract.billing_plan.name, client.contract.billing_plan.name],
    [client.partner.name, 'Настройки партнёра'],
  ] as const) {
    await openClient(world.page, client.name)
    await main.getByRole('link', { name, exact: true }).click()
    await heading(world.page, title).waitFor()
  }
})

test('E6 settings: a client that is gone is said to be gone', async () => {
  const client = await some(() => true)
  await openClient(world.page, client.name)
  const address = await world.page.evaluate(() => location.hash)
  await goTo(world.page, address.slice(1).replace(client.id, '00000000-0000-4000-8000-000000000000'))
  await world.page.getByRole('heading', { name: 'Клиент не найден' }).waitFor()
})
