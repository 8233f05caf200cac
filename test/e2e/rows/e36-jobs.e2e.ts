import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { axeFindings } from '../support/axe'
import { readCsv } from '../support/csv'
import { beginExports, jobsButton, openJobs } from '../support/exports'
import { state } from '../support/platform-rows'
import { choose, goTo, grid, heading, open } from '../support/screens'
import { patient, useWorld } from '../support/world'

const world = useWorld()
let count = 0
const place = (): string => {
  const folder = join(world.app.userDataDir, '..', 'out')
  mkdirSync(folder, { recursive: true })
  return join(folder, `clients-${String(++count)}.csv`)
}
const leave = async (): Promise<void> => {
  await world.page.keyboard.press('Escape')
  await world.page.getByRole('region', { name: 'Фоновые задачи' }).waitFor({ state: 'detached' })
}
const unfinished = (): string[] => readdirSync(join(place(), '..')).filter((name) => name.endsWith('.part'))

test('E36 jobs: an export is seen in the bar, tells how it ended, and its file is opened from there', async () => {
  const { page } = world
  const filePath = place()
  await open(page, 'Клиенты')
  await grid(page, 'Клиенты').waitFor()
  await world.app.desktop.answerDialog({ filePath })
  await choose(page, page.getByRole('button', { name: 'Выгрузить показанное' }), 'Показанные колонки')
  await page
    .getByText(/^Выгружен/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Фоновые задачи: завершено 1' }).waitFor()
  const panel = await openJobs(page)
  await panel.getByText('Выгрузка: Клиенты').waitFor()
  expect(await axeFindings(page)).toEqual([])
  await panel.getByRole('button', { name: 'Открыть файл' }).click()
  expect(await world.app.seen('open-path')).toMatchObject({ path: filePath })
  await panel.getByRole('button', { name: 'Показать в папке' }).click()
  expect(await world.app.seen('show-in-folder')).toMatchObject({ path: filePath })
  await leave()
  await page.getByRole('button', { name: 'Фоновые задачи', exact: true }).waitFor()
})

test('E36 jobs: one that is cancelled leaves nothing and begins anew', async () => {
  const { page } = world
  const places = Array.from({ length: 5 }, place)
  const last = places.at(-1) ?? ''
  await beginExports(world.app, places, true)
  await expect.poll(() => places.filter((one) => existsSync(one)).length).toBe(4)
  const panel = await openJobs(page)
  const line = panel.getByRole('listitem').filter({ hasText: /отменено/ })
  await line.waitFor()
  expect(existsSync(last)).toBe(false)
  await line.getByRole('button', { name: 'Начать заново' }).click()
  await expect.poll(() => existsSync(last)).toBe(true)
  await line.waitFor({ state: 'detached' })
  await leave()
  const lines = readCsv(readFileSync(last, 'utf8'))
  expect(lines.findIndex((one) => one.join('') === '')).toBe((await state(world.platform, 'client')).length + 1)
})

test('E36 jobs: what the program did not end is interrupted at the next start, leaves nothing in plain, and begins anew', async () => {
  // More than could be carried out before the kill, however busy the machine is.
  const places = Array.from({ length: 24 }, place)
  const last = places.at(-1) ?? ''
  await beginExports(world.app, places)
  await world.app.kill9()
  expect(existsSync(last)).toBe(false)
  world.app = patient(await world.app.restart())
  const { page } = world
  await page.getByRole('button', { name: 'Фоновые задачи: есть незавершённые' }).waitFor()
  expect(unfinished()).toEqual([])
  const panel = await openJobs(page)
  await panel
    .getByText(/^прервано/)
    .first()
    .waitFor()
  await panel.getByRole('button', { name: 'Начать заново' }).first().click()
  await expect.poll(() => places.filter((one) => existsSync(one)).length).toBeGreaterThan(0)
  await leave()
  await jobsButton(page).waitFor()
})

test('X11 jobs: the local files are checked on demand', async () => {
  const { page } = world
  await goTo(page, '/settings')
  await page.getByRole('button', { name: 'Проверить локальные файлы' }).click()
  await page
    .getByText(/^Файлы целы/)
    .first()
    .waitFor()
})

test('E36 files: an export is kept, and saved again without the network as it was', async () => {
  const { page } = world
  const first = place()
  await beginExports(world.app, [first])
  await expect.poll(() => existsSync(first)).toBe(true)
  await goTo(page, '/files')
  await heading(page, 'Файлы').waitFor()
  const row = page.getByRole('table', { name: 'Файлы' }).getByRole('row').nth(1)
  await row.getByRole('rowheader').getByText('Клиенты', { exact: true }).waitFor()
  await world.platform.kill9()
  const again = place()
  await world.app.desktop.answerDialog({ filePath: again })
  await row.getByRole('button', { name: 'Сохранить как: Клиенты' }).click()
  await expect.poll(() => existsSync(again)).toBe(true)
  expect(readFileSync(again)).toEqual(readFileSync(first))
  const before = await page.getByRole('table', { name: 'Файлы' }).getByRole('row').count()
  await row.getByRole('button', { name: 'Удалить: Клиенты' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Удалить' }).click()
  await expect.poll(() => page.getByRole('table', { name: 'Файлы' }).getByRole('row').count()).toBe(before - 1)
})
