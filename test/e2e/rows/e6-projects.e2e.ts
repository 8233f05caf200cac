import { expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { mutate, state, type ClientState } from '../support/platform-rows'
import { goTo, heading, rows } from '../support/screens'
import { until } from '../support/waiting'
import { shoot, useWorld } from '../support/world'

const MANY = 400
let client: ClientState
const world = useWorld({
  platform: { clients: 6, 'page-size': 500 },
  before: async (platform) => {
    const projects = await state(platform, 'project')
    const project = projects.find(({ vdc }) => vdc.length > 0)
    const found = (await state(platform, 'client')).find(({ id }) => id === project?.client.id)
    if (project === undefined || found === undefined) throw new Error('the population has changed')
    client = found
    const vdc = project.vdc[0]?.id ?? ''
    for (let n = 0; n < MANY; n += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          mutate(platform, {
            op: 'create',
            dataset: 'vm',
            fields: { vdc, name: `много-${String(n + at).padStart(4, '0')}`, cpu: 1, ram: 1 },
          }),
        ),
      )
  },
})
const tree = (): Locator => world.page.getByRole('treegrid', { name: 'Проекты' })
const openTree = async (): Promise<void> => {
  const { page } = world
  const id = await page.evaluate(async () => {
    const { api } = window as unknown as { api: { connections: { list: (input: object) => Promise<{ value: { id: string }[] }> } } }
    return (await api.connections.list({})).value[0]?.id ?? ''
  })
  await goTo(page, `/clients/${id}/${client.id}/projects`)
  await heading(page, `Проекты: ${client.name}`).waitFor()
  await tree().waitFor()
}

test('E6 projects: a project with hundreds of servers opens, and the last of them is reached', async () => {
  const { page } = world
  await openTree()
  await expect.poll(async () => Number(await tree().getAttribute('aria-rowcount'))).toBeGreaterThan(MANY)
  await shoot(page, 'e6 projects')
  await tree().focus()
  await page.keyboard.press('End')
  await until('the last rows', async () => (await tree().getByRole('row').last().innerText()).length > 0)
  await page.getByLabel('Найти проект, сервер или диск').fill('много-0399')
  await tree().getByText('много-0399', { exact: true }).waitFor()
  await expect.poll(() => rows(tree()).count()).toBeLessThan(8)
})

test("E6 projects: the sums under the tree are the platform's own, and stay while all is folded away", async () => {
  const { page } = world
  await openTree()
  const vdcs = new Set(
    (await state(world.platform, 'project')).filter((one) => one.client.id === client.id).flatMap((one) => one.vdc.map(({ id }) => id)),
  )
  const servers = (await state(world.platform, 'vm')).filter(({ vdc }) => vdcs.has(vdc.id))
  const disks = (await state(world.platform, 'disk')).filter(({ vdc }) => vdcs.has(vdc.id))
  const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0)
  const wanted = [
    servers.length,
    sum(servers.map(({ cpu }) => cpu)),
    sum(servers.map(({ ram }) => ram)),
    sum(disks.map(({ size }) => size)),
  ]
  const foot = async (): Promise<number[]> => {
    const cells = await tree().getByRole('row').last().getByRole('gridcell').allInnerTexts()
    return cells.slice(1).map((text) => Number(text.replace(/[^\d,]/g, '').replace(',', '.')))
  }
  await expect.poll(foot).toEqual(wanted)
  await page.getByRole('button', { name: 'Свернуть всё' }).click()
  await expect.poll(() => rows(tree()).count()).toBeLessThan(10)
  expect(await foot()).toEqual(wanted)
})
