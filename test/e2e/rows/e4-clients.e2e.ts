import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { readCsv } from '../support/csv'
import { mutate, state, type ClientState } from '../support/platform-rows'
import { choose, column, goTo, grid, heading, names, open, rowOf, rows, searchIn } from '../support/screens'
import { figure, kopecks, sum } from '../support/words'
import { useWorld } from '../support/world'

const FORMULA = '=HYPERLINK("http://evil.example";"Счёт")'
const world = useWorld({
  before: async (platform) => {
    await mutate(platform, { op: 'create', dataset: 'client', fields: { name: FORMULA, balance: 1 } })
    await mutate(platform, { op: 'create', dataset: 'client', fields: { name: 'ООО «Берёзовый Ключ»', balance: -0.01 } })
  },
})
const table = () => grid(world.page, 'Клиенты')
const clients = (): Promise<ClientState[]> => state(world.platform, 'client')
const fold = (text: string): string => text.toLowerCase().replaceAll('ё', 'е')
/** One letter is looked for at the start of a word, more of them anywhere. */
const holds = (name: string, text: string): boolean =>
  text.length > 1
    ? fold(name).includes(fold(text))
    : fold(name)
        .split(/[^\p{L}\p{N}]+/u)
        .some((word) => word.startsWith(fold(text)))
const shownCount = async (): Promise<number> => Number(await table().getAttribute('aria-rowcount')) - 1
const showsCount = (wanted: number) => expect.poll(shownCount, { timeout: 10_000 }).toBe(wanted)

beforeEach(async () => {
  await goTo(world.page, '/clients')
  await heading(world.page, 'Клиенты').waitFor()
  const reset = world.page.getByRole('button', { name: 'Сбросить фильтры' }).first()
  if (await reset.isVisible()) await reset.click()
  await showsCount((await clients()).length)
})

test('E4 clients: as many as the platform has, each with its balance, plan, projects and partner; the totals are their sum', async () => {
  const all = await clients()
  for (const client of all.slice(0, 5)) {
    await searchIn(world.page, 'Поиск по имени', client.name)
    const row = rowOf(table(), client.name).filter({ hasText: client.contract.billing_plan.name }).first()
    await row.waitFor()
    expect(figure(await row.locator('.money').first().innerText())).toBe(client.contract.balance)
  }
  await searchIn(world.page, 'Поиск по имени', '')
  await showsCount(all.length)
  const total = await table().getByRole('row').last().locator('.money').first().innerText()
  expect(kopecks(figure(total) ?? 0)).toBe(sum(all.map(({ contract }) => kopecks(contract.balance))))
})

test.each(['и', 'ст', 'стр', 'Уралмаш', 'берез', 'берёз', 'КЛЮЧ', 'щъ', 'такого нет'])(
  'E4 clients: the search for «%s» shows exactly the names that hold it, ё as е, in any case',
  async (text) => {
    const wanted = (await clients()).filter(({ name }) => holds(name, text))
    await searchIn(world.page, 'Поиск по имени', text)
    if (wanted.length === 0) await world.page.getByRole('heading', { name: 'Ничего не найдено' }).waitFor()
    else await showsCount(wanted.length)
    if (wanted.length > 0 && wanted.length <= 15) expect((await names(table())).sort()).toEqual(wanted.map(({ name }) => name).sort())
  },
)

const addFilter = async (name: string): Promise<void> => {
  await choose(world.page, world.page.getByRole('button', { name: 'Добавить фильтр' }), name)
  await world.page.getByRole('form', { name }).waitFor()
}
const apply = () => world.page.getByRole('button', { name: 'Применить' }).click()

test('E4 clients: filters combine, each can go alone, and all at once', async () => {
  const { page } = world
  const all = await clients()
  const plan = all[0]?.contract.billing_plan.name ?? ''
  const poor = all.filter(({ contract }) => contract.balance <= -5000)
  const both = poor.filter(({ contract }) => contract.billing_plan.name === plan)
  await addFilter('Баланс')
  await page.getByRole('textbox', { name: 'До' }).fill('-5000')
  await apply()
  await showsCount(poor.length)
  await addFilter('Тарифный план')
  await page.getByRole('checkbox', { name: new RegExp(`^${plan}`) }).check()
  await apply()
  await showsCount(both.length)
  await page.getByRole('button', { name: /^Убрать фильтр «Баланс/ }).click()
  await showsCount(all.filter(({ contract }) => contract.billing_plan.name === plan).length)
  await page.getByRole('button', { name: 'Сбросить фильтры' }).click()
  await showsCount(all.length)
})

test('E4 clients: a range whose start is beyond its end is refused beside the field', async () => {
  await addFilter('Баланс')
  await world.page.getByRole('textbox', { name: 'От' }).fill('10')
  await world.page.getByRole('textbox', { name: 'До' }).fill('-10')
  await apply()
  await world.page.getByRole('alert').filter({ hasText: 'Начало больше конца' }).waitFor()
  await world.page.getByRole('button', { name: 'Отменить' }).click()
})

test('E4 clients: every column that can be sorted goes both ways', async () => {
  const balances = (await clients()).map(({ contract }) => contract.balance).sort((a, b) => a - b)
  const head = table().getByRole('columnheader').getByRole('button', { name: 'Баланс' })
  const topmost = () => column(table(), 'Баланс').then((texts) => figure(texts[0] ?? null))
  await head.click()
  await expect.poll(topmost).toBe(balances[0])
  await head.click()
  await expect.poll(topmost).toBe(balances.at(-1))
  const sort = world.page.getByRole('button', { name: /^Упорядочить по:/ })
  await choose(world.page, sort, 'Создан')
  await choose(world.page, sort, 'по возрастанию')
  const oldest = (await clients()).sort((a, b) => a.ctime.localeCompare(b.ctime))[0]?.name
  await expect.poll(async () => (await names(table()))[0]).toBe(oldest)
  await choose(world.page, sort, 'Имя')
})

test('E4 clients: columns can be taken away and come back; the choice outlives the screen', async () => {
  const { page } = world
  const chooser = page.getByRole('button', { name: /^Колонки: показано/ })
  const head = table().getByRole('columnheader', { name: 'Баланс' })
  await chooser.click()
  await page.getByRole('checkbox', { name: 'Баланс' }).uncheck()
  await page.keyboard.press('Escape')
  await head.waitFor({ state: 'detached' })
  await open(page, 'Контракты')
  await open(page, 'Клиенты')
  await table().waitFor()
  expect(await head.count()).toBe(0)
  await chooser.click()
  await page.getByRole('button', { name: 'Как было сначала' }).click()
  await page.keyboard.press('Escape')
  await head.waitFor()
})

test('E4 clients: dense rows are lower, and more of them fit', async () => {
  const dense = world.page.getByRole('button', { name: 'Плотные строки' })
  const heightOf = async (): Promise<number> => (await rows(table()).first().boundingBox())?.height ?? 0
  expect(await heightOf()).toBeCloseTo(36, 0)
  await dense.click()
  await expect.poll(heightOf).toBeCloseTo(28, 0)
  await dense.click()
  await expect.poll(heightOf).toBeCloseTo(36, 0)
})

const csv = async (press: () => Promise<void>): Promise<string[][]> => {
  const filePath = join(world.app.userDataDir, '..', `export-${String(Math.random()).slice(2)}.csv`)
  await world.app.desktop.answerDialog({ filePath })
  await press()
  await world.page
    .getByText(/^Выгружен/)
    .first()
    .waitFor()
  const text = await expect
    .poll(() => readFileSync(filePath, 'utf8'))
    .toBeTruthy()
    .then(() => readFileSync(filePath, 'utf8'))
  await world.page.getByRole('button', { name: 'Закрыть' }).last().click()
  const lines = readCsv(text)
  // Under an empty line: as of when, and by what conditions.
  const end = lines.findIndex((line) => line.join('') === '')
  expect(lines.slice(end).flat().join(' ')).toMatch(/Данные на \d\d\.\d\d\.\d{4} \d\d:\d\d/)
  return lines.slice(0, end)
}

test('E4 clients: the chosen are counted, summed and exported alone', async () => {
  const { page } = world
  const [first, second] = await names(table())
  for (const name of [first, second])
    await page
      .getByRole('checkbox', { name: `Выбрать: ${name ?? ''}`, exact: true })
      .first()
      .click()
  const bar = page.getByRole('toolbar', { name: 'Действия с выбранными' })
  await bar.getByText('Выбрано 2').waitFor()
  const shown = (await column(table(), 'Баланс')).slice(0, 2).map((text) => kopecks(figure(text) ?? 0))
  expect(kopecks(figure(await bar.locator('.money').innerText()) ?? 0)).toBe(sum(shown))
  const lines = await csv(() => bar.getByRole('button', { name: 'Выгрузить выбранное' }).click())
  expect(
    lines
      .slice(1)
      .map((line) => line[0]?.replace(/^'/, ''))
      .sort(),
  ).toEqual([first, second].sort())
  await bar.getByRole('button', { name: 'Снять выделение' }).click()
  await bar.waitFor({ state: 'detached' })
})

test('E4 clients: the export is what is shown, in its order and columns, and no cell of it is a formula', async () => {
  const { page } = world
  const shownColumns = (await table().getByRole('columnheader').getByRole('button').all()).map((head) => head.getAttribute('aria-label'))
  const lines = await csv(() => choose(page, page.getByRole('button', { name: 'Выгрузить показанное' }), 'Показанные колонки'))
  const all = await clients()
  expect(lines).toHaveLength(all.length + 1)
  const [head = [], ...body] = lines
  for (const label of (await Promise.all(shownColumns)).filter((one) => one !== 'Ближайший лимит'))
    expect(head.map((one) => one.split(',')[0])).toContain(label?.split(',')[0])
  const shown = await names(table())
  expect(body.slice(0, shown.length).map((line) => line[0]?.replace(/^'/, ''))).toEqual(shown)
  expect(body.map((line) => line[0])).toContain(`'${FORMULA}`)
  const balance = head.indexOf('Баланс')
  expect(sum(body.map((line) => kopecks(figure(line[balance] ?? '') ?? 0)))).toBe(sum(all.map(({ contract }) => kopecks(contract.balance))))
  expect(body.flat().filter((cell) => /^[=+@\t]/.test(cell))).toEqual([])
})

test('E4 clients: name, balance, plan, projects and partner each lead to their own page', async () => {
  const { page } = world
  const client = (await clients()).find(({ name }) => name === 'ООО «Онегоресурс»')
  if (client === undefined) throw new Error('the population has changed')
  const follow = async (link: (row: ReturnType<typeof rowOf>) => ReturnType<typeof rowOf>, title: string | RegExp): Promise<void> => {
    await goTo(page, '/clients')
    await searchIn(page, 'Поиск по имени', client.name)
    await link(rowOf(table(), client.name)).click()
    await heading(page, title).waitFor()
  }
  await follow((row) => row.getByRole('link', { name: client.name }), client.name)
  await follow((row) => row.locator('a:has(.money)'), client.contract.name)
  await follow((row) => row.getByRole('link', { name: client.contract.billing_plan.name }), client.contract.billing_plan.name)
  await follow((row) => row.locator('a[href*="/projects"]'), /Проекты|Онегоресурс/)
})

test('E4 clients: arrows walk the rows, Enter opens the one that they stand on', async () => {
  const { page } = world
  const [, second = ''] = await names(table())
  await table().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  expect(await table().getAttribute('aria-activedescendant')).not.toBeNull()
  await page.keyboard.press('Enter')
  await heading(page, second).waitFor()
})

test('E4 clients: projects of a client with their data centres, servers and disks', async () => {
  const { page } = world
  const [servers, projects] = [await state(world.platform, 'vm'), await state(world.platform, 'project')]
  const withServers = projects.find(({ vdc }) => servers.some((server) => vdc.some(({ id }) => id === server.vdc.id)))
  if (withServers === undefined) throw new Error('no project has servers')
  const own = servers.filter((server) => withServers.vdc.some(({ id }) => id === server.vdc.id))
  await searchIn(page, 'Поиск по имени', withServers.client.name)
  await rowOf(table(), withServers.client.name).first().locator('a[href*="/projects"]').click()
  await page.getByText(withServers.name, { exact: true }).first().waitFor()
  await page.getByRole('button', { name: 'Развернуть всё' }).click()
  for (const server of own.slice(0, 3)) await page.getByText(server.name, { exact: true }).first().waitFor()
})

test('E4 clients: a view of one’s own is a tab with its count; it comes back with its filters, and after its removal too', async () => {
  const { page } = world
  const all = await clients()
  await searchIn(page, 'Поиск по имени', 'ооо')
  await addFilter('Баланс')
  await page.getByRole('textbox', { name: 'До' }).fill('0')
  await apply()
  const count = all.filter(({ name, contract }) => fold(name).includes('ооо') && contract.balance <= 0).length
  expect(count).toBeGreaterThan(0)
  await showsCount(count)
  await page.getByRole('button', { name: 'Сохранить вид' }).click()
  await page.getByLabel('Имя вида').fill('Мои должники')
  await page.keyboard.press('Enter')
  const own = page.getByRole('tab', { name: 'Мои должники' })
  await own.waitFor()
  expect(await own.innerText()).toMatch(new RegExp(`Мои должники\\s*${count}$`))
  await page.getByRole('tab', { name: /^Все/ }).click()
  await showsCount(all.length)
  await own.click()
  await showsCount(count)
  expect(await page.getByLabel('Поиск по имени').inputValue()).toBe('ооо')
  await page.getByRole('button', { name: 'Сохранить вид' }).click()
  await page.getByLabel('Имя вида').fill('мои должники')
  await page.getByText('Вид с таким именем уже есть').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Удалить вид «Мои должники»' }).click()
  await own.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click()
  await own.waitFor()
})

test('E4 clients: a view of one’s own has columns of its own: moved and widened there, the list and the other views stay as they were', async () => {
  const { page } = world
  const heads = () => table().locator('.th .name').allInnerTexts()
  const before = await heads()
  await page.getByRole('tab', { name: /^Отрицательный баланс/ }).click()
  await page.getByRole('button', { name: 'Сохранить вид' }).click()
  await page.getByLabel('Имя вида').fill('Узкий')
  await page.keyboard.press('Enter')
  const own = page.getByRole('tab', { name: 'Узкий' })
  await own.waitFor()
  await table().locator('.th .name').nth(1).focus()
  await page.keyboard.press('Alt+ArrowRight')
  const moved = [before[0], before[2], before[1]]
  await expect.poll(async () => (await heads()).slice(0, 3)).toEqual(moved)
  await page.getByRole('tab', { name: /^Все/ }).click()
  await expect.poll(heads).toEqual(before)
  await own.click()
  await expect.poll(async () => (await heads()).slice(0, 3)).toEqual(moved)
  await searchIn(page, 'Поиск по имени', 'а')
  expect((await heads()).slice(0, 3)).toEqual(moved)
  await open(page, 'Контракты')
  await open(page, 'Клиенты')
  await own.click()
  await expect.poll(async () => (await heads()).slice(0, 3)).toEqual(moved)
  await page.getByRole('button', { name: 'Удалить вид «Узкий»' }).click()
  await own.waitFor({ state: 'detached' })
  await page.getByRole('tab', { name: /^Все/ }).click()
  await expect.poll(heads).toEqual(before)
})
