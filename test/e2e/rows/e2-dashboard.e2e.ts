import { beforeEach, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { mutate, state, type DiskState, type LimitState, type ServerState } from '../support/platform-rows'
import type { RunningPlatform } from '../support/platform-process'
import { goTo, grid, heading, open } from '../support/screens'
import { figure, kopecks, sum, typedDay } from '../support/words'
import { useWorld } from '../support/world'

/** The partner's limits of one type over its two hypervisors come to what is wanted. */
const limitTo = async (platform: RunningPlatform, type: LimitState['type'], wanted: number): Promise<void> => {
  const [first, second] = (await state(platform, 'partner_limit')).filter((one) => one.type === type)
  const parts = [wanted - 1, 1]
  for (const [at, row] of [first, second].entries())
    if (row) await mutate(platform, { op: 'update', dataset: 'partner_limit', id: row.id, fields: { value: parts[at] ?? 0 } })
}
const world = useWorld({
  before: async (platform) => {
    const [servers, disks] = [await state(platform, 'vm'), await state(platform, 'disk')]
    await limitTo(platform, 'vm', servers.length - 1)
    await limitTo(platform, 'disk', disks.length)
    await limitTo(platform, 'cpu', Math.ceil(sum(servers.map(({ cpu }) => cpu)) / 0.95))
    await limitTo(platform, 'ram', sum(servers.map(({ ram }) => ram)) * 2)
  },
})
const counters = () => world.page.getByRole('region', { name: 'Счётчики' })
const valueOf = async (cell: Locator): Promise<number | null> => figure(await cell.locator('.value').first().innerText())
const tile = (name: string) => world.page.getByTitle(`Кто занимает: ${name}`)

beforeEach(async () => {
  await world.page.keyboard.press('Escape')
  await goTo(world.page, '/')
  await heading(world.page, 'Общая информация').waitFor()
})

test("E2 dashboard: clients, servers and debts are the platform's own", async () => {
  const [clients, servers] = [await state(world.platform, 'client'), await state(world.platform, 'vm')]
  expect(await valueOf(counters().getByRole('link', { name: /^Клиенты/ }))).toBe(clients.length)
  expect(await valueOf(counters().getByRole('link', { name: /^Серверы/ }))).toBe(servers.length)
  const owing = clients.filter(({ contract }) => contract.balance < 0)
  const debt = counters().getByRole('link', { name: /^Отрицательный баланс/ })
  expect((await debt.innerText()).replaceAll('\u00a0', ' ')).toContain(`${String(owing.length)} клиент`)
  expect(kopecks((await valueOf(debt)) ?? 0)).toBe(sum(owing.map(({ contract }) => kopecks(contract.balance))))
})

test('E2 dashboard: ordered disk volume by type, and its total', async () => {
  const disks = await state(world.platform, 'disk')
  const byType = Map.groupBy(disks, (disk: DiskState) => disk.storage_profile.billing_class.name)
  const volume = world.page.getByRole('table').filter({ hasText: 'Всего' })
  const total =
    figure(
      await volume
        .getByRole('row', { name: /^Всего/ })
        .getByRole('cell')
        .first()
        .innerText(),
    ) ?? 0
  const wanted = sum(disks.map(({ size }) => size))
  // Above ten terabytes the table speaks of terabytes, to one decimal.
  const per = total < wanted / 10 ? 1024 : 1
  expect(Math.abs(total - wanted / per)).toBeLessThanOrEqual(per === 1 ? 0 : 0.05)
  for (const [full, rows] of byType) {
    // The nomenclature's name is a sentence; its last words tell one type from another.
    const name = /\S+ \([^)]*\)$/.exec(full)?.[0] ?? full
    const shown =
      figure(
        await volume
          .getByRole('row')
          .filter({ has: world.page.getByRole('rowheader', { name }) })
          .getByRole('cell')
          .first()
          .innerText(),
      ) ?? -1
    expect(Math.abs(shown - sum(rows.map(({ size }) => size)) / per), name).toBeLessThanOrEqual(per === 1 ? 0 : 0.0501)
  }
})

test('E2 dashboard: use against limit in its own unit, with the state in words', async () => {
  const servers = await state(world.platform, 'vm')
  const disks = await state(world.platform, 'disk')
  const uses = (of: (one: ServerState) => number): number => sum(servers.map(of))
  const wanted = [
    ['Серверы', servers.length, 'превышен', 'шт.'],
    ['Диски', disks.length, 'достигнут', 'шт.'],
    ['CPU', uses(({ cpu }) => cpu), 'близко', 'ядер'],
    ['RAM', uses(({ ram }) => ram), 'норма', 'ГБ'],
  ] as const
  // The partner's own limits come after the lists.
  await expect.poll(() => tile('Серверы').innerText()).toContain('превышен')
  for (const [name, use, words, unit] of wanted) {
    const text = (await tile(name).innerText()).replaceAll('\u00a0', ' ')
    expect(text, name).toContain(words)
    expect(figure(text.slice(text.search(/\d/))), name).toBe(use)
    expect(text, name).toContain(unit)
  }
})

test('E2 dashboard: hour, day, week and month; the table beside the chart ends with the figures of now', async () => {
  const { page } = world
  const servers = await state(world.platform, 'vm')
  const periods = page.getByRole('radiogroup', { name: 'Период' })
  await page.getByRole('button', { name: 'Показать таблицей' }).click()
  const points = page.getByRole('region', { name: 'Использование CPU/RAM' }).getByRole('row')
  for (const name of ['месяц', 'неделя', 'день', 'час']) {
    await periods.getByRole('radio', { name }).click()
    expect(await periods.getByRole('radio', { name }).getAttribute('aria-checked')).toBe('true')
    await expect
      .poll(async () => figure(await points.nth(1).getByRole('cell').nth(1).innerText()), { message: name })
      .toBe(sum(servers.map(({ cpu }) => cpu)))
    expect(figure(await points.nth(1).getByRole('cell').nth(2).innerText()), name).toBe(sum(servers.map(({ ram }) => ram)))
  }
  await periods.getByRole('radio', { name: 'неделя' }).click()
  await page.getByRole('button', { name: 'Показать графиком' }).click()
  await page.locator('canvas').first().waitFor()
})

test('E2 dashboard: a period of one’s own is taken, and one that ends before it begins is refused', async () => {
  const { page } = world
  await page.getByRole('button', { name: 'Свой период' }).click()
  const day = (group: string) => page.getByRole('group', { name: group, exact: true }).getByRole('textbox', { name: 'Дата' })
  const today = Date.now()
  await day('С').fill(typedDay(today))
  await day('По').fill(typedDay(today - 3 * 86_400_000))
  await page.getByRole('alert').filter({ hasText: 'Начало периода должно быть раньше конца' }).waitFor()
  await day('С').fill(typedDay(today - 4 * 86_400_000))
  await page.getByRole('button', { name: 'Применить' }).click()
  expect(await page.getByRole('button', { name: 'Свой период' }).getAttribute('aria-pressed')).toBe('true')
})

test('E2 dashboard: a figure leads to who makes it up, and from there to the client', async () => {
  const { page } = world
  const [servers, projects] = [await state(world.platform, 'vm'), await state(world.platform, 'project')]
  const owners = new Map(projects.flatMap(({ client, vdc }) => vdc.map(({ id }) => [id, client] as const)))
  const counted = Map.groupBy(servers, ({ vdc }) => owners.get(vdc.id)?.id ?? '')
  const most = Math.max(...[...counted.values()].map((rows) => rows.length))
  await tile('Серверы').click()
  const panel = page.getByRole('dialog', { name: 'Кто занимает: Серверы' })
  const first = panel.getByRole('listitem').first()
  await first.waitFor()
  const uses = await panel.getByRole('listitem').locator('b').allInnerTexts()
  expect(figure(uses[0] ?? null)).toBe(most)
  expect(sum(uses.map((text) => figure(text) ?? 0))).toBe(servers.length)
  const [name = ''] = (await first.innerText()).split('\n')
  await first.getByRole('link').click()
  await heading(page, name).waitFor()
})

test('E2 dashboard: the debts lead to the list of exactly those clients', async () => {
  const owing = (await state(world.platform, 'client')).filter(({ contract }) => contract.balance < 0)
  await counters()
    .getByRole('link', { name: /^Отрицательный баланс/ })
    .click()
  await heading(world.page, 'Клиенты').waitFor()
  await expect.poll(() => grid(world.page, 'Клиенты').getAttribute('aria-rowcount')).toBe(String(owing.length + 1))
  await open(world.page, 'Администрирование')
})
