import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { deploymentProfile, OTHER_PROFILE } from '../../support/other-profile'
import { axeFindings } from '../support/axe'
import { state } from '../support/platform-rows'
import { goTo, heading, openClient, synced, tab } from '../support/screens'
import { readEvents } from '../support/desktop-driver'
import { shoot, useWorld } from '../support/world'

const folder = mkdtempSync(join(tmpdir(), 'console-profile-'))
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
/** Line 4: a path that nobody can ask for; line 7: a field that no profile has. */
const BROKEN = `{
  "title": "Cloud of a test",
  "paths": {
    "clientNotes": "customer/remarks"
  },
  "fields": {
    "note": { "body": "text" }
  }
}
`
const TEXT = 'Позвонить о квотах'
const world = useWorld({
  platform: { profile: file('deployment.json', JSON.stringify(deploymentProfile())), clients: 25, swagger: true },
  console: { args: ['--sync-interval=10'] },
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const profile = (): Locator => world.page.getByRole('region', { name: 'Профиль платформы' })
const editor = (): Locator => profile().getByLabel('Текст профиля, JSON')
const button = (name: string): Locator => profile().getByRole('button', { name })
const openSettings = async (): Promise<void> => {
  await goTo(world.page, '/settings')
  await world.page.getByRole('link', { name: 'Настройки подключения' }).click()
  await heading(world.page, /^Настройки подключения/).waitFor()
  await editor().waitFor()
}
const load = async (path: string): Promise<void> => {
  await world.app.desktop.answerDialog({ filePaths: [path] })
  await button('Загрузить из файла').click()
}
/** Rows of the platform as it names them itself. */
const remarks = async (): Promise<{ body: string; client: { id: string } }[]> =>
  (await state(world.platform, 'note')) as unknown as { body: string; client: { id: string } }[]

const connectionId = (): Promise<string> =>
  world.page.evaluate(async () => {
    const { api } = window as unknown as { api: { connections: { list: (input: object) => Promise<{ value: { id: string }[] }> } } }
    return (await api.connections.list({})).value[0]?.id ?? ''
  })
/** What the window was given to show. */
const limitsShown = async (clientId: string): Promise<number[]> => {
  const key = { connectionId: await connectionId(), clientId }
  return world.page.evaluate(async (asked) => {
    type Limits = { value: { rows: { type: string | null; limit: number }[] } }
    const { api } = window as unknown as { api: { clients: { limits: (key: object) => Promise<Limits> } } }
    const { rows } = (await api.clients.limits(asked)).value
    return rows.flatMap(({ type, limit }) => (type === null ? [] : [limit])).sort((a, b) => a - b)
  }, key)
}
/** By the deployment's own words, asked past the program. */
const clientWithLimits = async (): Promise<{ id: string; caps: number[] }> => {
  for (const { id } of await state(world.platform, 'client')) {
    const headers = { authorization: `Bearer ${world.platform.token}` }
    const answer = (await (await fetch(`${world.platform.url}/v1/customer/${id}/quotas`, { headers })).json()) as {
      items: { cap: number }[]
    }
    if (answer.items.length > 0) return { id, caps: answer.items.map(({ cap }) => cap).sort((a, b) => a - b) }
  }
  throw new Error('no client has limits')
}

test('profile: a broken file is refused with line, column, path and reason, and the old one stays in use', async () => {
  await openSettings()
  await load(file('broken.json', BROKEN))
  const problems = profile().getByRole('alert')
  await problems.getByText('Что исправить: 2').waitFor()
  expect(await problems.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/строка 4, столбец 5\s*paths\.clientNotes\s*Путь начинается с «\/»/),
    expect.stringMatching(/строка 7, столбец 15\s*fields\.note\.body\s*Такого имени в профиле нет/),
  ])
  await shoot(world.page, 'profile broken')
  expect(await button('Сохранить профиль').isDisabled()).toBe(true)
  await profile().getByText('Сначала исправьте ошибки: 2').waitFor()
  await problems.getByRole('button', { name: 'Показать' }).first().click()
  expect(await editor().evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd))).toBe(
    '"clientNotes": "customer/remarks"',
  )
  expect(await axeFindings(world.page)).toEqual([])
  await goTo(world.page, '/clients')
  await world.page.getByRole('dialog', { name: 'Уйти без сохранения?' }).getByRole('button', { name: 'Уйти без сохранения' }).click()
  await heading(world.page, 'Клиенты').waitFor()
  await openSettings()
  expect(await editor().inputValue()).toContain('"clientNotes": "/v1/client/:id/note"')
})

test('profile: where the platform describes its API, its paths are offered and put into the text', async () => {
  const described = profile().getByRole('region', { name: 'Описание API на платформе' })
  await described.getByLabel('Найти путь или поле').fill('quotas')
  await described.getByText('/v1/customer/{id}/quotas', { exact: true }).waitFor()
  await editor().evaluate((area: HTMLTextAreaElement) => {
    area.setSelectionRange(0, 0)
  })
  await described.getByRole('button', { name: 'Вставить путь /v1/customer/{id}/quotas', exact: true }).click()
  expect(await editor().inputValue()).toMatch(/^\/v1\/customer\/:id\/quotas/)
  await shoot(world.page, 'profile described')
})

test('profile: tried against the deployment before it is saved, each path tells what was answered', async () => {
  await load(file('other.json', OTHER_PROFILE))
  await profile()
    .getByText(/Прочитан файл other\.json/)
    .waitFor()
  await button('Проверить на платформе').click()
  const answer = (name: string): Locator => profile().getByRole('row', { name: new RegExp(`^${name} `) })
  await answer('clientLimits')
    .getByText(/ответ 200/)
    .waitFor()
  await answer('noteConfirm').getByText('принимает POST, OPTIONS').waitFor()
  await shoot(world.page, 'profile tried')
  expect(await axeFindings(world.page)).toEqual([])
})

test('profile: saved, notes and limits of that deployment work, with no code changed', async () => {
  await button('Сохранить профиль').click()
  await profile().getByText('свой', { exact: true }).waitFor()
  await synced(world.page)
  const [limit] = (await state(world.platform, 'limit')) as unknown as { client?: { id: string } }[]
  expect(limit).toMatchObject({ cap: expect.any(Number) as number, kind: expect.stringMatching(/^[A-Z]+$/) as string })
  const [client] = await state(world.platform, 'client')
  await openClient(world.page, client?.name ?? '')
  await tab(world.page, 'Примечания')
  await world.page.getByRole('button', { name: 'Добавить примечание' }).click()
  await world.page.getByLabel('Текст примечания').fill(TEXT)
  await world.page.getByRole('form', { name: 'Новое примечание' }).getByRole('button', { name: 'Принять' }).click()
  await expect.poll(async () => (await remarks()).filter(({ body }) => body === TEXT), { timeout: 15_000 }).toHaveLength(1)
  expect((await remarks()).find(({ body }) => body === TEXT)?.client.id).toBe(client?.id)
  const limited = await clientWithLimits()
  await goTo(world.page, `/clients/${await connectionId()}/${limited.id}?tab=limits`)
  await expect.poll(() => limitsShown(limited.id), { timeout: 15_000 }).toEqual(limited.caps)
})

test('profile: it survives a restart and is exported as it was written', async () => {
  world.app = await world.app.restart()
  await synced(world.page)
  await openSettings()
  expect(await editor().inputValue()).toBe(OTHER_PROFILE)
  const target = join(folder, 'exported.json')
  await world.app.desktop.answerDialog({ filePath: target })
  await button('Сохранить в файл').click()
  await world.page.getByText('Профиль записан в файл exported.json').first().waitFor()
  expect(readFileSync(target, 'utf8')).toBe(OTHER_PROFILE)
  expect(readEvents(world.app.userDataDir, 'dialog').length).toBeGreaterThan(0)
})

test('zones: changed later, what was read with the old one is read anew', async () => {
  const created = (): Promise<number> =>
    world.page.evaluate(async () => {
      type Rows = { value: { rows: { createdAt: number }[] } }
      const { api } = window as unknown as { api: { clients: { list: (input: object) => Promise<Rows> } } }
      const query = { connectionId: null, text: '', view: 'all', filters: [], sort: { by: 'created', desc: true } }
      return (await api.clients.list({ query, offset: 0, limit: 1 })).value.rows[0]?.createdAt ?? 0
    })
  const before = await created()
  expect(before).toBeGreaterThan(0)
  const zones = world.page.getByRole('region', { name: 'Часовые пояса' })
  await zones.getByRole('button', { name: /^Время в ответах платформы/ }).click()
  await world.page.getByRole('menuitemcheckbox', { name: /UTC\+5/ }).click()
  await zones.getByRole('button', { name: 'Сохранить пояса' }).click()
  await world.page.getByText('Пояса сохранены, данные читаются заново').first().waitFor()
  await expect.poll(async () => before - (await created()), { timeout: 20_000 }).toBe(5 * 3_600_000)
})

test('profile: back to the standard one, this deployment offers no notes', async () => {
  await button('Вернуть стандартный').click()
  await profile().getByText('стандартный', { exact: true }).waitFor()
  expect(await editor().inputValue()).toContain('"clientNotes": "/v1/client/:id/note"')
})
