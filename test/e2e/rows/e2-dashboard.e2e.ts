import { beforeEach, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { mutate, state, type DiskState, type LimitState, type ServerState } from '../support/platform-rows'
import type { RunningPlatform } from '../support/platform-process'
import { goTo, grid, heading, open } from '../support/screens'
import { figure, kopecks, sum, typedDay } from '../support/words'
import { useWorld } from '../support/world'

/** What stands at one hypervisor, by the platform's own rows. */
interface AtHypervisor {
  id: string
  name: string
  servers: ServerState[]
  disks: DiskState[]
}
/** The one with most servers comes first. */
const byHypervisor = async (platform: RunningPlatform): Promise<AtHypervisor[]> => {
  const [vdcs, servers, disks] = [await state(platform, 'vdc'), await state(platform, 'vm'), await state(platform, 'disk')]
  const hypervisors = new Map(vdcs.map(({ hypervisor }) => [hypervisor.id, hypervisor.name]))
  const at = (id: string) => new Set(vdcs.filter(({ hypervisor }) => hypervisor.id === id).map((vdc) => vdc.id))
  return [...hypervisors]
    .map(([id, name]) => {
      const own = at(id)
      const here = (row: { vdc: { id: string } }): boolean => own.has(row.vdc.id)
      return { id, name, servers: servers.filter(here), disks: disks.filter(here) }
    })
    .sort((a, b) => b.servers.length - a.servers.length)
}
const cpuOf = (rows: readonly ServerState[]): number => sum(rows.map(({ cpu }) => cpu))
/** Memory may be a fraction; every place of the screen shows it to the tenth. */
const ramOf = (rows: readonly ServerState[]): number => Math.round(sum(rows.map(({ ram }) => ram)) * 10) / 10

/** The limit of the first hypervisor as wanted, and a roomy one everywhere else. */
const limitAt = async (platform: RunningPlatform, type: LimitState['type'], { first, wanted }: { first: AtHypervisor; wanted: number }) => {
  for (const row of (await state(platform, 'partner_limit')).filter((one) => one.type === type))
    await mutate(platform, {
      op: 'update',
      dataset: 'partner_limit',
      id: row.id,
      fields: { value: row.hypervisor.id === first.id ? wanted : 1_000_000 },
    })
}
const world = useWorld({
  before: async (platform) => {
    // The cloud stands still once the day so far has happened.
    await platform.tell('/clock', { stop: true })
    const [first] = await byHypervisor(platform)
    if (!first) throw new Error('the platform has no hypervisor')
    await limitAt(platform, 'vm', { first, wanted: first.servers.length - 1 })
    await limitAt(platform, 'disk', { first, wanted: first.disks.length })
    await limitAt(platform, 'cpu', { first, wanted: Math.ceil(cpuOf(first.servers) / 0.95) })
    await limitAt(platform, 'ram', { first, wanted: Math.ceil(ramOf(first.servers) * 2) })
  },
})
const counters = () => world.page.getByRole('region', { name: 'Счётчики' })
const valueOf = async (cell: Locator): Promise<number | null> => figure(await cell.locator('.value').first().innerText())
const tile = (name: string) => world.page.getByTitle(`Кто использует: ${name}`)

beforeEach(async () => {
  await world.page.keyboard.press('Escape')
  await goTo(world.page, '/')
  await heading(world.page, 'Общая информация').waitFor()
})

test("E2 dashboard: clients, servers and debts are the platform's own", async () => {
  const [clients, servers] = [await state(world.platform, 'client'), await state(world.platform, 'vm')]
  const counter = (name: RegExp): Locator => counters().getByRole('link', { name })
  // The lists are read; their figures are counted right after.
  await expect.poll(() => valueOf(counter(/^Клиенты/))).toBe(clients.length)
  await expect.poll(() => valueOf(counter(/^Серверы/))).toBe(servers.length)
  const owing = clients.filter(({ contract }) => contract.balance < 0)
  const debt = counter(/^Отрицательный баланс/)
  await expect.poll(() => valueOf(debt)).not.toBeNull()
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

const textOf = async (name: string): Promise<string> => (await tile(name).innerText()).replaceAll('\u00a0', ' ')

test('E2 dashboard: a limit is compared with the use of its own hypervisor, named, with the state in words', async () => {
  const [first] = await byHypervisor(world.platform)
  if (!first) throw new Error('the platform has no hypervisor')
  const wanted = [
    ['Серверы', first.servers.length, 'превышен', /шт\./],
    ['Диски', first.disks.length, 'достигнут', /шт\./],
    ['CPU', cpuOf(first.servers), 'близко', /яд[ер]/],
    ['RAM', ramOf(first.servers), 'норма', /ГБ/],
  ] as const
  // The partner's own limits come after the lists.
  await expect.poll(() => tile('Серверы').innerText()).toContain('превышен')
  for (const [name, use, words, unit] of wanted) {
    const text = await textOf(name)
    const [, own = ''] = text.split(`${first.name}:`)
    expect(text, name).toContain(words)
    expect(figure(own), name).toBe(use)
    expect(own, name).toMatch(unit)
  }
  const issue = world.page.getByRole('button', { name: new RegExp(`^Серверы: лимит превышен.*${first.name}`) })
  await issue.waitFor()
})

test('E2 dashboard: a chosen hypervisor is chosen for figures, limits and chart alike, and what cannot be split says so', async () => {
  const { page } = world
  const hypervisors = await byHypervisor(world.platform)
  const [first, second] = hypervisors
  if (!first || !second) throw new Error('the platform has no two hypervisors')
  await page.getByRole('button', { name: /^Гипервизор:/ }).click()
  await page.getByRole('menuitemcheckbox', { name: second.name }).click()
  await expect.poll(() => valueOf(counters().getByRole('link', { name: /^Серверы/ }))).toBe(second.servers.length)
  expect(await counters().getByText('все гипервизоры').count()).toBe(3)
  expect(await textOf('Серверы')).not.toContain('превышен')
  await page.getByText(`Лимиты только для ${second.name}`).waitFor()
  await page.getByRole('button', { name: 'Показать таблицей' }).click()
  const last = page.getByRole('region', { name: 'Использование CPU/RAM' }).getByRole('row').nth(1).getByRole('cell')
  await expect.poll(async () => figure(await last.nth(1).innerText())).toBe(cpuOf(second.servers))
  expect(figure(await last.nth(2).innerText())).toBe(ramOf(second.servers))
  await page.getByRole('button', { name: 'Показать графиком' }).click()
  await page.getByText(`${second.name}: история по гипервизорам начинается сейчас`).waitFor()
  await page.getByRole('button', { name: /^Гипервизор:/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Все гипервизоры' }).click()
  const servers = await state(world.platform, 'vm')
  await expect.poll(() => valueOf(counters().getByRole('link', { name: /^Серверы/ }))).toBe(servers.length)
})

test('E2 dashboard: each block leads to how it is counted: from which lists, as of when, what is left out', async () => {
  const { page } = world
  const disks = await state(world.platform, 'disk')
  await page.getByRole('link', { name: 'Как считается: Диски' }).click()
  await heading(page, 'Как мы считаем').waitFor()
  const row = page.getByRole('region', { name: 'Диски', exact: true }).getByRole('row', { name: /^Диски/ })
  expect(figure(await row.getByRole('cell').first().innerText())).toBe(disks.length)
  expect(await row.innerText()).toContain('полностью')
})

test('E2 dashboard: hour, day, week and month; the table beside the chart ends with the figures of now', async () => {
  const { page } = world
  const servers = await state(world.platform, 'vm')
  const periods = page.getByRole('radiogroup', { name: 'Период' })
  await page.getByRole('button', { name: 'Показать таблицей' }).click()
  const points = page.getByRole('region', { name: 'Использование CPU/RAM' }).getByRole('row')
  for (const name of ['месяц', 'неделя', 'день', 'час']) {
    await periods.getByRole('radio', { name }).click()
    expect(await periods.getByRole('radio', { name }).isChecked()).toBe(true)
    await expect.poll(async () => figure(await points.nth(1).getByRole('cell').nth(1).innerText()), { message: name }).toBe(cpuOf(servers))
    expect(figure(await points.nth(1).getByRole('cell').nth(2).innerText()), name).toBe(ramOf(servers))
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
  const panel = page.getByRole('dialog', { name: 'Кто использует: Серверы' })
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
