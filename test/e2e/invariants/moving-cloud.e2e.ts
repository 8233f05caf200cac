import { expect, test } from 'vitest'
import { state } from '../support/platform-rows'
import { goTo, grid, heading, open } from '../support/screens'
import { figure, kopecks, sum } from '../support/words'
import { useWorld } from '../support/world'

/** Strict, ten rows a page, and never still: rows come, change, move and go while the lists are walked. */
const world = useWorld({
  platform: { clients: 30, 'page-size': 10, strict: true, churn: 3 },
  console: { args: ['--sync-interval=10'] },
})
/** What the last changes left is here two intervals later. */
const SETTLED = { timeout: 40_000 }
const counter = (name: string) => world.page.getByRole('region', { name: 'Счётчики' }).getByRole('link', { name: new RegExp(`^${name}`) })
const valueOf = async (name: string): Promise<number | null> => figure(await counter(name).locator('.value').first().innerText())

/** A flat row of `GET /state`. */
interface Flat {
  project: { id: string; client: string }[]
  vdc: { id: string; project: string }[]
  vm: { id: string; vdc: string; cpu: number; ram: number }[]
  disk: { id: string; vdc: string; size: number }[]
}

test('E2, E4: while the cloud moves the dashboard and the list are there, and never say that there is nothing', async () => {
  const { page, platform } = world
  const { made } = await platform.read<{ made: number }>('/churn')
  await goTo(page, '/')
  await heading(page, 'Общая информация').waitFor()
  for (const name of ['Клиенты', 'Серверы']) expect(await valueOf(name)).toBeGreaterThan(0)
  await open(page, 'Клиенты')
  await expect.poll(async () => Number(await grid(page, 'Клиенты').getAttribute('aria-rowcount'))).toBeGreaterThan(10)
  await expect.poll(async () => (await platform.read<{ made: number }>('/churn')).made, SETTLED).toBeGreaterThan(made + 20)
})

test('E2: once it stands still, the dashboard comes to what the platform has, by itself', async () => {
  const { page, platform } = world
  await platform.tell('/churn', { rate: 0 })
  const [clients, servers] = [await state(platform, 'client'), await state(platform, 'vm')]
  const debts = clients.map(({ contract }) => kopecks(contract.balance)).filter((balance) => balance < 0)
  await goTo(page, '/')
  await heading(page, 'Общая информация').waitFor()
  await expect.poll(() => valueOf('Серверы'), SETTLED).toBe(servers.length)
  await expect.poll(() => valueOf('Клиенты'), SETTLED).toBe(clients.length)
  await expect.poll(async () => kopecks((await valueOf('Отрицательный баланс')) ?? 0), SETTLED).toBe(sum(debts))
})

test('E4: and so does the clients list', async () => {
  const { page, platform } = world
  const clients = await state(platform, 'client')
  await open(page, 'Клиенты')
  await expect.poll(() => grid(page, 'Клиенты').getAttribute('aria-rowcount'), SETTLED).toBe(String(clients.length + 1))
  const total = grid(page, 'Клиенты').getByRole('row').last().locator('.money').first()
  await expect
    .poll(async () => kopecks(figure(await total.innerText()) ?? 0), SETTLED)
    .toBe(sum(clients.map(({ contract }) => kopecks(contract.balance))))
})

test('E6: and the projects of whoever has most servers', async () => {
  const { page, platform } = world
  const cloud = await platform.read<Flat>('/state')
  const of = (client: string) => {
    const projects = new Set(cloud.project.filter((one) => one.client === client).map(({ id }) => id))
    const vdcs = new Set(cloud.vdc.filter(({ project }) => projects.has(project)).map(({ id }) => id))
    return { servers: cloud.vm.filter(({ vdc }) => vdcs.has(vdc)), disks: cloud.disk.filter(({ vdc }) => vdcs.has(vdc)) }
  }
  const largest = (await state(platform, 'client')).sort((a, b) => of(b.id).servers.length - of(a.id).servers.length)[0]
  if (largest === undefined) throw new Error('the cloud is empty')
  const { servers, disks } = of(largest.id)
  const connection = await page.evaluate(async () => {
    const { api } = window as unknown as { api: { connections: { list: (input: object) => Promise<{ value: { id: string }[] }> } } }
    return (await api.connections.list({})).value[0]?.id ?? ''
  })
  await goTo(page, `/clients/${connection}/${largest.id}/projects`)
  await heading(page, `Проекты: ${largest.name}`).waitFor()
  const foot = page.getByRole('treegrid', { name: 'Проекты' }).getByRole('row').last().getByRole('gridcell')
  const sums = async (): Promise<(number | null)[]> => (await foot.allInnerTexts()).slice(1).map(figure)
  await expect
    .poll(sums, SETTLED)
    .toEqual([servers.length, sum(servers.map(({ cpu }) => cpu)), sum(servers.map(({ ram }) => ram)), sum(disks.map(({ size }) => size))])
})
