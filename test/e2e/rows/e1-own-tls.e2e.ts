import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { certificatePem, keyPem } from '../../support/loopback-certificate'
import { filesIn } from '../support/left-files'
import { ProxyFront } from '../support/proxy-front'
import { grid, heading, open, synced } from '../support/screens'
import { tempFolder } from '../support/temp-folder'

import { TlsFront } from '../support/tls-front'
import { shoot, useWorld } from '../support/world'

const world = useWorld({ unconnected: true, platform: { clients: 5 } })
const folder = tempFolder('pem')
const file = (name: string, text: string): string => {
  const path = join(folder.path, name)
  writeFileSync(path, text)
  return path
}
let front: TlsFront
let proxy: ProxyFront
/** The same deployment as another computer: only the proxy knows the way. */
const far = (): string => front.url.replace('127.0.0.1', 'far.example')
beforeAll(async () => {
  front = await TlsFront.start(world.platform.url, { asksForClient: true })
  proxy = await ProxyFront.start()
})
afterAll(() => {
  front.stop()
  proxy.stop()
  folder.remove()
})

const steps = (): Locator => world.page.getByRole('region', { name: 'Проверка подключения' })
const step = (name: string): Locator => steps().getByRole('listitem').filter({ hasText: name })
const check = (): Promise<void> =>
  steps()
    .getByRole('button', { name: /^Проверить/ })
    .first()
    .click()
const proxyField = (): Locator => world.page.getByRole('textbox', { name: /^Прокси/ })
const pick = async (label: string, path: string): Promise<void> => {
  await world.app.desktop.answerDialog({ filePaths: [path] })
  await world.page.getByRole('button', { name: `Выбрать файл: ${label}`, exact: true }).click()
}
const picked = (label: string): Locator => world.page.getByRole('button', { name: `Убрать: ${label}`, exact: true })

test('E1 sign in: a certificate that nobody here knows is explained, and checking it cannot be switched off', async () => {
  const { page } = world
  await page.getByLabel(/^Адрес панели/).fill(front.url)
  await page.getByLabel(/^Токен/).fill(world.platform.token)
  await check()
  const failed = step('Защищённое соединение')
  await failed.getByText('У сервера самоподписанный сертификат.').waitFor()
  await failed.getByText(/Токен никуда не отправлен/).waitFor()
  await failed.getByText(/добавьте его в «Свой центр сертификации»/).waitFor()
  expect(await page.getByRole('button', { name: /не проверять|игнорировать|всё равно/i }).count()).toBe(0)
  await shoot(page, 'connect own tls unknown')
})

test('E1 sign in: a file that is no certificate is refused beside its field', async () => {
  const { page } = world
  await page.getByRole('button', { name: /^Свой центр сертификации, сертификат клиента, прокси/ }).click()
  await pick('Свой центр сертификации', file('notes.txt', 'это не сертификат'))
  await page.getByRole('alert').getByText('Это не PEM-файл нужного вида').waitFor()
  await shoot(page, 'connect own tls bad file')
  await pick('Свой центр сертификации', file('large.pem', `-----BEGIN CERTIFICATE-----${'x'.repeat(200_000)}`))
  await page.getByRole('alert').getByText('Файл слишком велик').waitFor()
  expect(await picked('Свой центр сертификации').count()).toBe(0)
})

test('E1 sign in: with its own CA and a client certificate every step passes', async () => {
  const { page } = world
  await pick('Свой центр сертификации', file('ca.pem', certificatePem))
  await check()
  await step('Защищённое соединение').getByText('Сервер требует сертификат клиента.').waitFor()
  await shoot(page, 'connect own tls client wanted')
  await pick('Сертификат клиента', file('client.pem', certificatePem))
  await pick('Ключ сертификата клиента', file('client.key', keyPem))
  await check()
  await steps().getByText('все шаги пройдены').waitFor()
  await step('Защищённое соединение')
    .getByText(/TLS 1\.3, выдал «127\.0\.0\.1»/)
    .waitFor()
  await shoot(page, 'connect own tls passed')
})

test('E1 sign in: this computer is never asked through a proxy, and the test does not say so', async () => {
  await proxyField().fill(proxy.url)
  await check()
  await steps().getByText('все шаги пройдены').waitFor()
  expect(
    await steps()
      .getByText(/через прокси/)
      .count(),
  ).toBe(0)
  expect(proxy.asked).toEqual([])
})

test('E1 sign in: a proxy that does not answer is named', async () => {
  const { page } = world
  await page.getByLabel(/^Адрес панели/).fill(far())
  await proxyField().fill('http://127.0.0.1:9')
  await check()
  await step('Часы сервера')
    .getByText(/прокси/i)
    .first()
    .waitFor()
  expect(await steps().getByText('все шаги пройдены').count()).toBe(0)
  await shoot(page, 'connect proxy gone')
})

test('E1 sign in: behind a proxy set by hand the deployment is tested, connected and read', async () => {
  const { page } = world
  await proxyField().fill(proxy.url)
  await check()
  await steps().getByText('все шаги пройдены').waitFor()
  await step('Поиск адреса').getByText(`через прокси ${proxy.url}`).waitFor()
  await step('Защищённое соединение').getByText('через прокси; проверяется при каждом запросе').waitFor()
  await shoot(page, 'connect proxy passed')
  await steps().getByRole('button', { name: 'Подключить', exact: true }).click()
  await heading(page, 'Общая информация').waitFor()
  await synced(page)
  await open(page, 'Клиенты')
  await expect.poll(() => grid(page, 'Клиенты').getAttribute('aria-rowcount')).toBe('6')
  expect(new Set(proxy.asked)).toEqual(new Set([new URL(far()).host]))
})

test('E1 sign in: the certificates are kept, and kept out of sight', async () => {
  world.app = await world.app.restart()
  const { page } = world
  await heading(page, 'Общая информация').waitFor()
  await page.getByRole('button', { name: /^Синхронизировано/ }).waitFor({ timeout: 30_000 })
  const secret = keyPem.split('\n')[1] ?? ''
  const files = filesIn(world.app.userDataDir)
  expect(files.length).toBeGreaterThan(2)
  expect(files.filter((one) => readFileSync(one).includes(secret))).toEqual([])
})
