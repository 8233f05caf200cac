import { describe, expect, it } from 'vitest'
import { ownDemo, type Page } from './demo-support'

interface Client {
  id: string
  name: string
  contract: { balance: number; billing_plan: { id: string; contracts: number } }
}

describe('control endpoint of the demo platform', () => {
  it('refuses without the secret, with a wrong one, and from any page', async () => {
    const { platform } = await ownDemo()
    const { url, secret } = platform.control
    const status = async (headers: Record<string, string>) => (await fetch(`${url}/clock`, { headers })).status
    expect(await status({})).toBe(401)
    expect(await status({ 'x-control-secret': secret.replace(/./g, '0') })).toBe(401)
    expect(await status({ 'x-control-secret': platform.token })).toBe(401)
    expect(await status({ 'x-control-secret': secret, origin: 'null' })).toBe(403)
    expect(await status({ 'x-control-secret': secret })).toBe(200)
  })

  it('shows a dataset as the API does, also what the API does not list', async () => {
    const demo = await ownDemo()
    const rows = (await demo.control('/state/client')).json<Client[]>()
    expect(rows).toEqual(await demo.all<Client>('/v1/client?sort=ctime'))
    expect((await demo.control('/state/limit')).json<unknown[]>().length).toBeGreaterThan(0)
    expect((await demo.control('/state/nothing')).status).toBe(404)
  })

  it('closes the socket for real and opens the same port again', async () => {
    const demo = await ownDemo()
    expect((await demo.api('/v1/account/me')).status).toBe(200)
    await demo.control('/down', undefined, 'POST')
    const error = await demo.api('/v1/account/me').catch((reason: unknown) => reason)
    expect((error as { cause?: { code?: string } }).cause?.code).toBe('ECONNREFUSED')
    await demo.control('/up', undefined, 'POST')
    expect((await demo.api('/v1/account/me')).status).toBe(200)
  })

  it('revokes the token and gives it back, and counts requests', async () => {
    const demo = await ownDemo()
    await demo.control('/mutate', { op: 'revoke-token' })
    expect((await demo.api('/v1/client')).status).toBe(401)
    await demo.control('/mutate', { op: 'restore-token' })
    expect((await demo.api('/v1/client?page=2')).status).toBe(200)
    const { entries, counters } = (await demo.control('/log?path=/v1/client')).json<{ entries: object[]; counters: { total: number } }>()
    expect(entries).toMatchObject([
      { method: 'GET', path: '/v1/client', status: 401, token: 'wrong' },
      { path: '/v1/client', query: 'page=2', status: 200, token: 'ok' },
    ])
    expect(counters.total).toBe(2)
  })

  it('changes rows with all their copies', async () => {
    const demo = await ownDemo()
    const mutate = async (body: object) => (await demo.control('/mutate', body)).json<{ id: string; row: Client | null }>()
    const made = await mutate({ op: 'create', dataset: 'client', fields: { name: 'ООО «Проба»', balance: -12.5 } })
    const path = `/v1/client/${made.id}`
    expect((await demo.api(path)).json()).toMatchObject({
      name: 'ООО «Проба»',
      contract: { balance: -12.5, counterparty_right: { name: 'ООО «Проба»' } },
    })
    const [project] = await demo.all<{ id: string; client: Client }>(`/v1/project?client=${made.id}`)
    expect(project?.client).toMatchObject({ name: 'ООО «Проба»', contract: { balance: -12.5 } })
    const note = await mutate({
      op: 'create',
      dataset: 'note',
      fields: { client: made.id, text: 'От коллеги', author: 'colleague', alert_time: '2026-03-10T09:30' },
    })
    await mutate({ op: 'update', dataset: 'note', id: note.id, fields: { text: 'Изменено' } })
    await mutate({ op: 'update', dataset: 'client', id: made.id, fields: { name: 'АО «Другая»' } })
    expect((await demo.api(`/v1/note/${note.id}`)).json()).toMatchObject({
      text: 'Изменено',
      alert_time: '2026-03-10T09:30:00',
      client: { name: 'АО «Другая»' },
    })
    expect((await mutate({ op: 'delete', dataset: 'client', id: made.id })).row).toBeNull()
    for (const gone of [path, `/v1/project/${project?.id ?? ''}`, `/v1/note/${note.id}`]) expect((await demo.api(gone)).status).toBe(404)
    expect((await demo.control('/mutate', { op: 'explode' })).status).toBe(400)
  })

  it('keeps the number of contracts of a plan true in every client', async () => {
    const demo = await ownDemo()
    const shown = async () => (await demo.all<Client>('/v1/client')).map((one) => one.contract.billing_plan)
    await demo.control('/mutate', { op: 'create', dataset: 'client', fields: {} })
    const plans = await demo.all<{ id: string; contracts: number }>('/v1/billing_plan')
    for (const plan of await shown()) expect(plan.contracts).toBe(plans.find((one) => one.id === plan.id)?.contracts)
    const total = (await demo.api('/v1/contract')).json<Page>().total
    expect(plans.reduce((sum, plan) => sum + plan.contracts, 0)).toBe(total)
  })

  it('runs, stops and sets the clock, which is also the clock of the answers', async () => {
    const demo = await ownDemo()
    await demo.control('/clock', { set: '2026-03-15T12:00:00Z' })
    expect((await demo.api('/v1/account/me')).headers.get('date')).toBe('Sun, 15 Mar 2026 12:00:00 GMT')
    await demo.control('/clock', { speed: 3600 })
    await expect.poll(async () => (await demo.control('/clock')).json<{ now: string }>().now > '2026-03-15T12:05').toBe(true)
    await demo.control('/clock', { stop: true })
    const one = (await demo.control('/clock')).text
    expect((await demo.control('/clock')).text).toBe(one)
    expect((await demo.control('/clock', { backwards: 1 })).status).toBe(400)
  })
})

describe('known half only', () => {
  it('has no inferred path and no inferred field', async () => {
    const demo = await ownDemo({ knownOnly: true })
    const [client] = await demo.all<Client>('/v1/client')
    for (const path of [
      '/v1/note',
      '/v1/partner',
      '/v1/contract',
      '/v1/billing_plan',
      '/v1/account',
      '/v1/statistics',
      `/v1/client/${client?.id ?? ''}/limit`,
    ])
      expect((await demo.api(path)).status, path).toBe(404)
    const me = (await demo.api('/v1/account/me')).json()
    expect(Object.keys(me)).toEqual(['id', 'login', 'username', 'email', 'phone', 'domain'])
  })
})
