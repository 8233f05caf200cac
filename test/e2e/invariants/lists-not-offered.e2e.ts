import { expect, test } from 'vitest'
import { goTo, heading } from '../support/screens'
import { useWorld } from '../support/world'

const world = useWorld({ platform: { clients: 8, 'known-only': true } })
test.each([
  ['E28', '/payments', 'Платежи'],
  ['E29', '/tickets', 'Тикеты'],
  ['E22', '/users', 'Пользователи'],
  ['E35', '/events', 'События'],
])('%s: a deployment without this list is said to be one, with no 0 and no «none»', async (_row, path, title) => {
  const { page } = world
  await goTo(page, path)
  await heading(page, title).waitFor()
  await expect.poll(() => page.locator('.tstate h2').innerText()).toMatch(/не предоставляет/)
  expect(await page.locator('header .count').innerText()).toBe('—')
  for (const tab of await page.getByRole('tab').allInnerTexts()) expect(tab).not.toMatch(/\d/)
})
