import { expect, test } from 'vitest'
import { goTo, heading } from '../support/screens'
import { useWorld } from '../support/world'

const screens = [
  ['/payments', 'Платежи'],
  ['/tickets', 'Тикеты'],
  ['/users', 'Пользователи'],
  ['/events', 'События'],
] as const
/** What a person sees of a list's screen: its count, the tabs, and the sentence instead of rows. */
const seen = async (page: ReturnType<typeof useWorld>['page'], [path, title]: (typeof screens)[number]) => {
  await goTo(page, path)
  await heading(page, title).waitFor()
  return {
    count: () => page.locator('header .count').innerText(),
    tabs: () => page.getByRole('tab').allInnerTexts(),
    why: () => page.locator('.tstate h2').innerText(),
  }
}
/** Nothing on the screen says 0, and nothing says that there is none. */
const saysNoNothing = async (page: ReturnType<typeof useWorld>['page'], at: Awaited<ReturnType<typeof seen>>): Promise<void> => {
  expect(await at.count()).toBe('—')
  for (const tab of await at.tabs()) expect(tab).not.toMatch(/\d/)
  expect(await page.locator('.tstate').innerText()).not.toMatch(/пока нет|не передала|Ничего не найдено/)
}

const broken = useWorld({ platform: { clients: 8, break: 'payment:500,ticket:403,account:garbage' }, unfinished: true })
test('E28, E29, E22: a list that fails, is refused or comes as garbage says so, never 0 and never «none»', async () => {
  const { page } = broken
  await heading(page, 'Общая информация').waitFor({ timeout: 30_000 })
  for (const [screen, title] of [
    [screens[0], /не удаётся загрузить/],
    [screens[1], /отказала в доступе/],
    [screens[2], /не удаётся загрузить/],
  ] as const) {
    const at = await seen(page, screen)
    await expect.poll(at.why, { timeout: 60_000 }).toMatch(title)
    await saysNoNothing(page, at)
  }
  const events = await seen(page, screens[3])
  await expect.poll(events.count).toMatch(/^\d/)
})
