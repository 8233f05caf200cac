import { beforeEach, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { mutate, state, type ClientState, type NoteState } from '../support/platform-rows'
import { goTo, openClient, tab } from '../support/screens'
import { isToday, naive, nextMinute, typedDay, typedTime } from '../support/words'
import { useWorld } from '../support/world'

const world = useWorld({ console: { args: ['--sync-interval=10'] } })
const OWN = 'Проверить договор'
const list = (): Locator => world.page.getByRole('list', { name: 'Примечания' })
const note = (text: string): Locator => list().getByRole('article').filter({ hasText: text })
const editor = (name = 'Новое примечание'): Locator => world.page.getByRole('form', { name })
const text = (): Locator => world.page.getByLabel('Текст примечания')
const accept = (): Locator => world.page.getByRole('form', { name: /примечани/ }).getByRole('button', { name: 'Принять' })
const act = async (text: string, action: string): Promise<void> => {
  await note(text).getByRole('button', { name: 'Действия с примечанием' }).click()
  await world.page.getByRole('menuitem', { name: action }).click()
}
const onPlatform = async (wanted: string): Promise<NoteState[]> =>
  (await state(world.platform, 'note')).filter((one) => one.text === wanted)
let client: ClientState

/** A client without notes, so that what is seen is what was written. */
beforeEach(async () => {
  const [clients, notes] = [await state(world.platform, 'client'), await state(world.platform, 'note')]
  const free =
    clients.find(({ id }) => id === (client as ClientState | undefined)?.id) ??
    clients.find(({ id }) => !notes.some((one) => one.client.id === id))
  if (free === undefined) throw new Error('every client has notes')
  client = free
  await goTo(world.page, '/clients')
  await openClient(world.page, client.name)
  await tab(world.page, 'Примечания')
})

test('E7 notes: written, it stands on the screen at once and on the platform once, with its alert to the minute', async () => {
  const { page } = world
  await page.getByRole('heading', { name: 'Примечаний пока нет' }).waitFor()
  const at = nextMinute(Date.now(), 90)
  await page.getByRole('button', { name: 'Добавить примечание' }).click()
  await text().fill(OWN)
  await editor().getByRole('switch', { name: 'Оповещение' }).click()
  await editor().getByLabel('Дата').fill(typedDay(at))
  await editor().getByLabel('Время').fill(typedTime(at))
  await editor()
    .getByText(/Сработает через 1/)
    .waitFor()
  await accept().click()
  await note(OWN).getByText('моё').waitFor()
  await expect.poll(() => onPlatform(OWN), { timeout: 15_000 }).toHaveLength(1)
  const [sent] = await onPlatform(OWN)
  expect(sent).toMatchObject({ alert_time: naive(at), confirmed: false, system: false, client: { id: client.id } })
  await page.getByRole('tab', { name: /^Примечания\s*1/ }).waitFor()
})

test('E7 notes: changed, the platform has the new text and no second note', async () => {
  await act(OWN, 'Изменить')
  await text().fill(`${OWN} и лимиты`)
  await accept().click()
  await note(`${OWN} и лимиты`).waitFor()
  await expect.poll(() => onPlatform(`${OWN} и лимиты`), { timeout: 15_000 }).toHaveLength(1)
  expect(await onPlatform(OWN)).toEqual([])
})

test('E7 notes: more than 2000 characters are refused beside the field', async () => {
  await world.page.getByRole('button', { name: 'Добавить примечание' }).click()
  await text().fill('я'.repeat(2001))
  await editor()
    .getByText(/Слишком длинно: 2.001 из 2.000 знаков/)
    .waitFor()
  expect(await accept().isDisabled()).toBe(true)
  await text().fill('я'.repeat(2000))
  expect(await accept().isDisabled()).toBe(false)
  await text().fill('')
  expect(await accept().isDisabled()).toBe(true)
  await editor().getByRole('button', { name: 'Отменить' }).click()
})

test('E7 notes: an alert in the past, or no date at all, is refused in words', async () => {
  await world.page.getByRole('button', { name: 'Добавить примечание' }).click()
  await text().fill('Слишком поздно')
  await editor().getByRole('switch', { name: 'Оповещение' }).click()
  await editor()
    .getByLabel('Дата')
    .fill(typedDay(Date.now() - 86_400_000))
  await editor().getByLabel('Время').fill('10:00')
  await editor().getByRole('alert').filter({ hasText: 'Это время уже прошло' }).waitFor()
  expect(await accept().isDisabled()).toBe(true)
  await editor().getByLabel('Дата').fill('31.02.2030')
  await editor().getByText('Такой даты нет', { exact: false }).waitFor()
  expect(await accept().isDisabled()).toBe(true)
})

test('E7 notes: nothing typed is lost on Escape without a question, and a kept draft comes back', async () => {
  const { page } = world
  const open = page.getByRole('button', { name: 'Добавить примечание' })
  if (await open.isVisible()) await open.click()
  await text().fill('Недописанное')
  await text().press('Escape')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Закрыть и сохранить черновик' }).click()
  await open.click()
  expect(await text().inputValue()).toBe('Недописанное')
  await text().press('Escape')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Удалить черновик' }).click()
  await open.click()
  expect(await text().inputValue()).toBe('')
  await text().press('Escape')
})

test('E7 notes: today, author and system combine as filters, and all go at once', async () => {
  const { page } = world
  for (const [words, author] of [
    ['Написал коллега', 'colleague'],
    ['Написала система', 'system'],
  ])
    await mutate(world.platform, { op: 'create', dataset: 'note', fields: { client: client.id, text: words, author } })
  await goTo(page, '/clients')
  await openClient(page, client.name)
  await tab(page, 'Примечания')
  await note('Написал коллега').waitFor()
  const add = async (filter: string, value: string): Promise<void> => {
    await page.getByRole('group', { name: 'Фильтры' }).getByRole('button', { name: 'Добавить фильтр' }).click()
    await page.getByRole('menuitem', { name: filter }).click()
    await page.getByRole('menuitemcheckbox', { name: value }).click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
  }
  const shown = (wanted: number) => expect.poll(() => list().getByRole('article').count()).toBe(wanted)
  await shown(3)
  await add('Системные', 'нет')
  await shown(2)
  const [mine] = await onPlatform(`${OWN} и лимиты`)
  await add('По автору', mine?.author.username ?? '')
  await shown(1)
  await page.getByRole('group', { name: 'Фильтры' }).getByRole('button', { name: 'Сбросить фильтры' }).click()
  await shown(3)
  await add('За сегодня', 'да')
  // As many as were made on this computer's own day: midnight may pass while this runs.
  const madeToday = async (): Promise<number> =>
    (await state(world.platform, 'note')).filter((one) => one.client.id === client.id && isToday(one.ctime)).length
  await expect.poll(async () => (await list().getByRole('article').count()) - (await madeToday())).toBe(0)
  await page.getByRole('group', { name: 'Фильтры' }).getByRole('button', { name: 'Сбросить фильтры' }).click()
})

test("E7 notes: a system note is the platform's own and cannot be changed or deleted", async () => {
  await note('Написала система').getByRole('button', { name: 'Действия с примечанием' }).click()
  for (const name of [/^Изменить/, /^Удалить/])
    expect(await world.page.getByRole('menuitem', { name }).getAttribute('aria-disabled')).toBe('true')
  await world.page.keyboard.press('Escape')
})

test('E7 notes: confirmed, the platform knows it', async () => {
  await act(`${OWN} и лимиты`, 'Подтвердить')
  await expect.poll(async () => (await onPlatform(`${OWN} и лимиты`))[0]?.confirmed, { timeout: 15_000 }).toBe(true)
  await note(`${OWN} и лимиты`)
    .getByText(/^Выполнено:/)
    .waitFor()
})

test('E7 notes: deleting asks first, then the platform has it no more', async () => {
  const { page } = world
  await act('Написал коллега', 'Удалить')
  const question = page.getByRole('dialog', { name: 'Удалить примечание?' })
  await question.getByText('Примечание исчезнет у всех, кто работает с этим клиентом. Вернуть его нельзя.').waitFor()
  await question.getByRole('button', { name: 'Отменить' }).click()
  await note('Написал коллега').waitFor()
  await act('Написал коллега', 'Удалить')
  await question.getByRole('button', { name: 'Удалить' }).click()
  await note('Написал коллега').waitFor({ state: 'detached' })
  await expect.poll(() => onPlatform('Написал коллега')).toEqual([])
})

test('E7 notes: changed on both sides while there was no line, it becomes a conflict with base, mine and theirs', async () => {
  const { page } = world
  const base = `${OWN} и лимиты`
  const [before] = await onPlatform(base)
  await world.platform.down()
  await page
    .getByText(/^Нет связи с/)
    .first()
    .waitFor({ timeout: 45_000 })
  await act(base, 'Изменить')
  await text().fill('Моя правка')
  await accept().click()
  await note('Моя правка')
    .getByText(/Ждёт связи, уйдёт само/)
    .waitFor()
  await mutate(world.platform, { op: 'update', dataset: 'note', id: before?.id ?? '', fields: { text: 'Правка коллеги' } })
  await world.platform.up()
  await page
    .getByRole('button', { name: 'Повторить сейчас' })
    .click({ timeout: 5_000 })
    .catch(() => undefined)
  await note('Моя правка').getByText('Расхождение: на платформе примечание тоже изменили').waitFor({ timeout: 30_000 })
  expect(await onPlatform('Правка коллеги')).toHaveLength(1)
  await note('Моя правка').getByRole('link', { name: 'Решить в исходящих' }).click()
  await page.getByText('Правка коллеги').first().waitFor()
  await page.getByRole('button', { name: 'Всё моё' }).click()
  await page.getByRole('button', { name: 'Принять' }).click()
  await expect.poll(() => onPlatform('Моя правка'), { timeout: 20_000 }).toHaveLength(1)
  expect(await onPlatform('Правка коллеги')).toEqual([])
})
