import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { axeFindings } from '../support/axe'
import { refusedBatch, twoRules } from '../support/bulk-batch'
import { beginExports } from '../support/exports'
import { state } from '../support/platform-rows'
import { goTo } from '../support/screens'
import { visibleFaults } from '../support/visible-faults'
import { until } from '../support/waiting'
import { shoot, useWorld } from '../support/world'

const world = useWorld({ platform: { clients: 30 } })
let client = ''
let contract = ''
let plan = ''
let batch = ''

/** Every address of the program, and what is opened over it. */
const screens = (): [name: string, path: string, open?: () => Promise<void>][] => {
  const { page } = world
  const press = (key: string) => () => page.keyboard.press(key)
  return [
    ['dashboard', '/'],
    ['dashboard as tables', '/', () => page.getByRole('button', { name: /^(Показать таблицей|Show as a table)$/ }).click()],
    ['dashboard, who', '/', () => page.getByTitle(/^(Кто использует: CPU|Who uses it: CPU)/).click()],
    ['how we count', '/how-we-count?block=disks'],
    ['alerts', '/alerts'],
    ['clients', '/clients'],
    [
      'clients, one beside',
      '/clients',
      () =>
        page
          .getByRole('grid')
          .getByRole('rowheader')
          .nth(2)
          .click({ position: { x: 4, y: 4 } }),
    ],
    ['clients, nothing found', '/clients?q=щщщ'],
    ['client', `/clients/${client}`],
    ['client notes', `/clients/${client}?tab=notes`],
    ['client new note', `/clients/${client}?tab=notes&note=new`],
    ['client limits', `/clients/${client}?tab=limits`],
    ['client access', `/clients/${client}?tab=access`],
    ['client gone', `/clients/${client}0`],
    ['projects', `/clients/${client}/projects`],
    ['contracts', '/contracts'],
    ['contract', `/contracts/${contract}`],
    ['plans', '/plans'],
    ['plan', `/plans/${plan}`],
    ['payments', '/payments'],
    ['payments, nothing found', '/payments?q=щщщ'],
    ['tickets', '/tickets'],
    ['events', '/events'],
    ['users', '/users'],
    ['bulk limits', '/limits/bulk'],
    ['bulk limits with rules', '/limits/bulk', () => twoRules(page)],
    ['batch', `/batches/${batch}`],
    ['no such batch', '/batches/none'],
    ['outbox', '/outbox'],
    ['files', '/files'],
    ['background tasks', '/outbox', () => page.getByRole('button', { name: /^(Фоновые задачи|Background tasks)/ }).click()],
    ['sync', '/sync'],
    ['settings', '/settings'],
    ['connection settings', `/settings/connections/${client.split('/')[0] ?? ''}`],
    ['connect', '/connect'],
    ['not yet there', '/reports'],
    ['nowhere', '/no/such/page'],
    ['palette', '/clients', press('Control+KeyK')],
    ['shortcuts', '/alerts', press('F1')],
  ]
}

beforeAll(async () => {
  // Something to show among the files and tasks. Its toast is gone before anyone looks.
  await beginExports(world.app, [join(world.app.userDataDir, '..', 'Список клиентов.csv')])
  await world.page.getByRole('button', { name: /^Фоновые задачи: завершено/ }).waitFor()
  await until('the toast to be over', async () => (await world.page.getByText(/^Выгружен/).count()) === 0)
  const [one] = await state(world.platform, 'client')
  const connection = await world.page.evaluate(() => {
    const { api } = window as unknown as {
      api: { connections: { list: (input: object) => Promise<{ ok: true; value: { id: string }[] }> } }
    }
    return api.connections.list({}).then(({ value }) => value[0]?.id ?? '')
  })
  batch = await refusedBatch(world.page)
  client = `${connection}/${one?.id ?? ''}`
  contract = `${connection}/${one?.contract.id ?? ''}`
  plan = `${connection}/${one?.contract.billing_plan.id ?? ''}`
})

const still = async (): Promise<void> => {
  const { page } = world
  await page.getByRole('heading').first().waitFor()
  await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0)
  // What comes in with a movement is judged when it has arrived.
  await page.evaluate(async () => {
    await document.fonts.ready
    await Promise.all(
      document
        .getAnimations()
        .filter((one) => one.effect?.getTiming().iterations !== Infinity)
        .map((one) => one.finished.catch(() => undefined)),
    )
  })
}

test.each([
  ['ru', 'light', 1440],
  ['ru', 'dark', 1920],
  ['en', 'light', 1280],
  ['en', 'dark', 1440],
] as const)(
  'E36 looks: every screen in %s, %s, %i px wide: nothing that axe objects to, no text missing, broken or cut off',
  async (language, theme, width) => {
    const { page } = world
    await world.app.desktop.moveWindow({ x: 0, y: 0, width, height: 900 })
    await page.evaluate(
      (wanted) => (window as unknown as { api: { preferences: { set: (input: object) => Promise<unknown> } } }).api.preferences.set(wanted),
      { language, theme },
    )
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe(language)
    await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe(theme)
    const faults: string[] = []
    for (const [name, path, open] of screens()) {
      await page.keyboard.press('Escape')
      await goTo(page, path)
      await still()
      await open?.()
      await still()
      faults.push(...[...(await axeFindings(page)), ...(await visibleFaults(page))].map((fault) => `${name}: ${fault}`))
      await shoot(page, `${language} ${theme} ${name}`)
    }
    expect(faults).toEqual([])
    world.app.watch.mustBeClean()
  },
)
