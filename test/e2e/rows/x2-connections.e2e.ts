import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { startPlatformProcess, type RunningPlatform } from '../support/platform-process'
import { mutate, state } from '../support/platform-rows'
import { entry, goTo, grid, heading, open, synced } from '../support/screens'
import { defaults, shoot, useWorld } from '../support/world'
import { until } from '../support/waiting'
import { literal, naive } from '../support/words'

const world = useWorld({ platform: { clients: 9 } })
let other: RunningPlatform
const FIRST = 'Первая площадка'
const SECOND = 'Вторая площадка'
/** A name that both clouds have, and one that only the second has. */
const TWIN = 'ООО «Двойник Плюс»'

const switcher = (): Locator => world.page.getByRole('button', { name: /^Подключение:/ })
const palette = (): Locator => world.page.getByRole('dialog', { name: 'Поиск и команды' })
const find = async (text: string): Promise<void> => {
  await world.page.keyboard.press('Control+KeyK')
  await palette().getByRole('combobox').fill(text)
}
const connections = (): Promise<{ id: string; name: string }[]> =>
  world.page.evaluate(async () => {
    const { api } = window as unknown as {
      api: { connections: { list: (input: object) => Promise<{ value: { id: string; name: string }[] }> } }
    }
    return (await api.connections.list({})).value
  })
const stripe = (): Promise<string> =>
  world.page.evaluate(() => getComputedStyle(document.querySelector('header') as Element).borderTopColor)

beforeAll(async () => {
  other = await startPlatformProcess({ ...defaults, clients: 5, seed: 12 })
  for (const platform of [world.platform, other]) {
    const [client] = await state(platform, 'client')
    const id = client?.id ?? ''
    await mutate(platform, { op: 'update', dataset: 'client', id, fields: { name: TWIN } })
    // Due an hour ago, ours; and a colleague's, which is not counted.
    for (const author of ['me', (await state(platform, 'account'))[0]?.id ?? ''])
      await mutate(platform, {
        op: 'create',
        dataset: 'note',
        fields: { client: id, text: `От ${author}`, alert_time: naive(Date.now() - 3_600_000), author },
      })
  }
  const tokenFile = join(dirname(world.app.userDataDir), 'second-token.txt')
  writeFileSync(tokenFile, other.token, { mode: 0o600 })
  world.app = await world.app.restart({ args: [`--platform-url=${other.url}`, `--platform-token-file=${tokenFile}`] })
  await until('the second connection', async () => (await connections()).length === 2)
  for (const [at, { id }] of (await connections()).entries())
    await world.page.evaluate(
      async (asked) => {
        const { api } = window as unknown as { api: { connections: { rename: (input: object) => Promise<unknown> } } }
        await api.connections.rename(asked)
      },
      { id, name: at === 0 ? FIRST : SECOND },
    )
  await world.page.reload()
  await synced(world.page)
})
afterAll(() => other.kill9())

beforeEach(async () => {
  await goTo(world.page, '/')
  await switcher().click()
  await world.page.getByLabel('Найти подключение').fill(FIRST)
  await world.page.keyboard.press('Enter')
  await switcher().getByText(FIRST).waitFor()
})

test('X2 palette: the same name in two clouds is told apart by the connection, and the chosen one opens under its own', async () => {
  const { page } = world
  const before = await stripe()
  await find(TWIN)
  const twins = palette()
    .getByRole('group', { name: 'Клиенты' })
    .getByRole('option', { name: new RegExp(literal(TWIN)) })
  await expect.poll(() => twins.count()).toBe(2)
  await twins.filter({ hasText: FIRST }).waitFor()
  await shoot(page, 'x2 palette')
  await twins.filter({ hasText: SECOND }).click()
  await heading(page, TWIN).waitFor()
  await switcher().getByText(SECOND).waitFor()
  await expect.poll(() => entry(page, 'Клиенты').innerText()).toMatch(/\s5$/)
  expect(await stripe()).not.toBe(before)
})

test('X2 address: a record that is opened by its address alone shows its connection, and back brings the list as it was left', async () => {
  const { page } = world
  await open(page, 'Клиенты')
  await expect.poll(() => grid(page, 'Клиенты').getAttribute('aria-rowcount')).toBe('10')
  const id = (await connections()).find(({ name }) => name === SECOND)?.id ?? ''
  const [client] = await state(other, 'client')
  await goTo(page, `/clients/${id}/${client?.id ?? ''}`)
  await heading(page, TWIN).waitFor()
  await switcher().getByText(SECOND).waitFor()
  await page.goBack()
  await heading(page, 'Клиенты').waitFor()
  await switcher().getByText(FIRST).waitFor()
  await expect.poll(() => grid(page, 'Клиенты').getAttribute('aria-rowcount')).toBe('10')
})

test('E3 count: the menu counts over all connections, and the page that opens from it shows exactly those', async () => {
  const { page } = world
  const dueOf = async (platform: RunningPlatform): Promise<number> => {
    const notes = (await state(platform, 'note')).filter((note) => note.alert_time !== null && !note.confirmed && !note.system)
    const me = notes.find(({ text }) => text === 'От me')?.author.id
    return notes.filter((note) => note.author.id === me && (note.alert_time ?? '') <= naive(Date.now())).length
  }
  const wanted = (await dueOf(world.platform)) + (await dueOf(other))
  const counted = async (): Promise<number> => Number(/\d+/.exec(await entry(page, 'Оповещения').innerText())?.[0] ?? '0')
  await expect.poll(counted).toBe(wanted)
  await open(page, 'Оповещения')
  await page.getByRole('tab', { name: /^Мои/, selected: true }).waitFor()
  await page.getByRole('radio', { name: 'Все подключения', checked: true }).waitFor()
  const due = page.getByRole('row', { name: /^Просрочено/ })
  await shoot(page, 'x2 alerts')
  await expect.poll(async () => Number(/\d+/.exec(await due.innerText())?.[0] ?? '0')).toBe(wanted)
  await page.getByRole('row').filter({ hasText: FIRST }).filter({ hasText: 'От me' }).waitFor()
  await page.getByRole('row').filter({ hasText: SECOND }).filter({ hasText: 'От me' }).waitFor()
})
