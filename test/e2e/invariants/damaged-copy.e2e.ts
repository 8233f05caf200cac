import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { state } from '../support/platform-rows'
import { goTo, heading, synced } from '../support/screens'
import { patient, useWorld } from '../support/world'

const world = useWorld({ platform: { clients: 20 } })

/** A page in the middle of the file, as a failing disk would leave it. */
const spoil = (file: string): void => {
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(64, 0xa5), 0, 64, Math.floor(statSync(file).size / 2))
  closeSync(handle)
}

test('X1 offline: a damaged copy is said to be put aside without a network too, at every start until it was read', async () => {
  await world.platform.down()
  await world.app.quit()
  spoil(join(world.app.userDataDir, 'cache.db'))
  const told = 'Сохранённая копия данных повреждена и отложена'
  for (let start = 0; start < 2; start++) {
    world.app = patient(await world.app.restart())
    const { page } = world
    await page.getByRole('status').filter({ hasText: told }).waitFor()
    await goTo(page, '/clients')
    await page.getByText('Сохранённой копии нет, и связи нет').waitFor({ timeout: 60_000 })
    expect(await page.getByText('Данные ещё загружаются').count()).toBe(0)
  }
  const { page } = world
  await page.getByRole('status').filter({ hasText: told }).getByRole('button', { name: 'Закрыть' }).click()
  await world.platform.up()
  await synced(page, 60_000)
})

test('X1 offline: a damaged copy is put aside, said so, and read from the platform again', async () => {
  const folder = world.app.userDataDir
  await world.app.quit()
  spoil(join(folder, 'cache.db'))
  world.app = patient(await world.app.restart())
  const { page } = world
  const banner = page.getByRole('status').filter({ hasText: 'Сохранённая копия данных повреждена и отложена' })
  await banner.waitFor()
  expect(await banner.innerText()).toContain('примечания, исходящие и настройки целы')
  expect(readdirSync(folder).filter((name) => name.startsWith('cache.db.damaged-'))).toHaveLength(2)
  await synced(page)
  await goTo(page, '/clients')
  await heading(page, /^Клиенты/).waitFor()
  const [client] = await state(world.platform, 'client')
  await page.getByRole('link', { name: client?.name ?? '', exact: true }).waitFor()
  await banner.getByRole('button', { name: 'Закрыть' }).click()
  await banner.waitFor({ state: 'detached' })
})
