import type { RustackAdapter } from '../../electron/core/platforms/rustack/adapter'
import { afterEach, describe, expect, it } from 'vitest'
import type { Dataset } from '../../shared/domain/datasets'
import type { EntityOf } from '../../shared/domain/entities'
import type { PageSize, PlatformAdapter } from '../../electron/core/platforms/port/core'
import { pageOf, scriptedDeployment, type Script, type ScriptedDeployment } from '../support/scripted-deployment'
import { never, rustackAdapter } from '../support/synced-console'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})
const deployed = async (script: Script, pageSize?: PageSize): Promise<{ deployment: ScriptedDeployment; adapter: RustackAdapter }> => {
  const deployment = await scriptedDeployment(script)
  const adapter = rustackAdapter(deployment, pageSize ? { pageSize } : {})
  open.push(deployment, adapter)
  return { deployment, adapter }
}
const walk = async <D extends Dataset>(adapter: PlatformAdapter, dataset: D): Promise<EntityOf[D][]> => {
  const rows: EntityOf[D][] = []
  for (let cursor: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof adapter.page<D>>> = await adapter.page({ dataset, cursor, signal: never })
    rows.push(...page.items)
    if (page.next === null) return rows
    cursor = page.next
  }
}
const named = (prefix: string, count: number): { id: string; name: string }[] =>
  Array.from({ length: count }, (_, at) => ({ id: `${prefix}${String(at)}`, name: `${prefix} ${String(at)}` }))
const code = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'nothing thrown').catch((error: unknown) => error)
const me = { json: { id: 'me', login: 'me@example' } }

describe('what a deployment refuses', () => {
  it('an order is asked for only where records have a time of creation, and once where it is answered with 400', async () => {
    const strict: Script = {
      '/v1/client': ({ query }) => (query.has('sort') ? { status: 400, json: { sort: ['Unknown'] } } : pageOf(named('c', 25), query)),
      '/v1/disk': ({ query }) => pageOf(named('d', 3), query),
    }
    const { deployment, adapter } = await deployed(strict)
    expect(await walk(adapter, 'clients')).toHaveLength(25)
    expect(await walk(adapter, 'disks')).toHaveLength(3)
    expect(deployment.asked.filter((request) => request.includes('sort'))).toEqual(['GET /v1/client?page=1&sort=-ctime'])
  })

  it('a page size that is not taken any more is left out, and the walk goes on', async () => {
    const rows = named('d', 45)
    let honours = true
    const script: Script = {
      '/v1/disk': ({ query }) => {
        if (!query.has('page_size')) return pageOf(rows, query, 10)
        return honours ? pageOf(rows, query, 20) : { status: 400, json: { page_size: ['Unknown'] } }
      },
    }
    const { adapter } = await deployed(script, { param: 'page_size', size: 20 })
    const first = await adapter.page({ dataset: 'disks', cursor: null, signal: never })
    honours = false
    const ids = new Set(first.items.map(({ id }) => id))
    for (let cursor = first.next; cursor !== null;) {
      const page = await adapter.page({ dataset: 'disks', cursor, signal: never })
      for (const { id } of page.items) ids.add(id)
      cursor = page.next
    }
    expect(ids.size).toBe(45)
  })

  it('a refusal that has nothing to do with either is told as it is', async () => {
    const { adapter } = await deployed({ '/v1/client': () => ({ status: 400, json: { detail: 'нет' } }) })
    expect(await code(adapter.page({ dataset: 'clients', cursor: null, signal: never }))).toMatchObject({ code: 'rejected' })
  })

  it('a list that is refused is offered all the same where the vendor states it, with the reason', async () => {
    const { adapter } = await deployed({
      '/v1/account/me': () => me,
      '/v1/client': ({ query }) => pageOf(named('c', 1), query),
      '/v1/disk': () => ({ status: 403, json: { detail: 'Нет прав' } }),
    })
    const { datasets } = (await adapter.probe(never)).capabilities
    expect(datasets.disks).toMatchObject({ offered: true, certainty: 'known', reason: { code: 'forbidden' } })
    expect(datasets.partners).toMatchObject({ offered: false, certainty: 'inferred', reason: { code: 'not-found' } })
  })

  it('the list of clients: the probe says so, and the token holds', async () => {
    const { adapter } = await deployed({ '/v1/account/me': () => me, '/v1/client': () => ({ status: 403, json: {} }) })
    const report = await adapter.probe(never)
    expect(report).toMatchObject({ account: { login: 'me@example' }, clients: null })
    expect(report.capabilities.datasets.clients?.reason?.code).toBe('forbidden')
  })

  it('with no client yet nothing is known against what is read client by client', async () => {
    const { adapter } = await deployed({ '/v1/account/me': () => me, '/v1/client': ({ query }) => pageOf([], query) })
    const { limits } = (await adapter.probe(never)).capabilities.datasets
    expect(limits).toMatchObject({ offered: true, walk: 'per-owner' })
  })
})

describe('the largest page', () => {
  const clients = named('c', 800)
  const probed = async (answer: Script[string]): Promise<{ pageSize: PageSize | null; deployment: ScriptedDeployment }> => {
    const { deployment, adapter } = await deployed({ '/v1/account/me': () => me, '/v1/client': answer })
    return { pageSize: (await adapter.probe(never)).capabilities.pageSize, deployment }
  }
  it.each([
    ['takes 500', 'limit', 500, { param: 'limit', size: 500 }],
    ['caps it at 100', 'per_page', 100, { param: 'per_page', size: 100 }],
    ['has no such parameter', 'none', 10, null],
  ])('of a deployment that %s', async (_what, param, most, expected) => {
    const { pageSize } = await probed(({ query }) => pageOf(clients, query, Math.min(most, Number(query.get(param) ?? '10'))))
    expect(pageSize).toEqual(expected)
  })
  it('of one that refuses 500 and takes 100', async () => {
    const { pageSize } = await probed(({ query }) => {
      const size = Number(query.get('page_size') ?? '10')
      return size > 100 ? { status: 400, json: {} } : pageOf(clients, query, size)
    })
    expect(pageSize).toEqual({ param: 'page_size', size: 100 })
  })
  it('of one that only says so is its own', async () => {
    const { pageSize } = await probed(({ query }) => {
      const page = pageOf(clients, query, 10)
      return page && { json: { ...(page.json as object), limit: Number(query.get('limit') ?? '10') } }
    })
    expect(pageSize).toBeNull()
  })
  it('is used from then on', async () => {
    const { deployment, adapter } = await deployed({
      '/v1/account/me': () => me,
      '/v1/client': ({ query }) => pageOf(clients, query, Number(query.get('limit') ?? '10')),
    })
    await adapter.probe(never)
    deployment.asked.length = 0
    expect(await walk(adapter, 'clients')).toHaveLength(800)
    expect(deployment.asked).toHaveLength(2)
  })
})

describe('ports', () => {
  const port = (id: string, more: object = {}): object => ({ id, type: 'vm_int', ip_address: '10.0.0.1', network: { id: 'n1' }, ...more })
  const network = { id: 'n1', name: 'Сеть', vdc: { id: 'v-net', name: 'ЦОД' } }

  it('stand in the data centre of what they are connected to, else in the one of their network', async () => {
    const ports = [
      port('a', { connected: { id: 's', vdc: { id: 'v1' } } }),
      port('b', { connected: {}, router: {} }),
      port('c', { connected: null, network: { id: 'n1' } }),
      port('d', { connected: null, network: null }),
      port('e', { vdc: { id: 'v-own' }, connected: null }),
    ]
    const { deployment, adapter } = await deployed({
      '/v1/port': ({ query }) => pageOf(ports, query),
      '/v1/network/n1': () => ({ json: network }),
    })
    expect((await walk(adapter, 'ports')).map(({ vdcId }) => vdcId)).toEqual(['v1', 'v-net', 'v-net', null, 'v-own'])
    expect(deployment.asked.filter((request) => request.includes('/network/'))).toHaveLength(1)
  })

  it.each([400, 403, 404, 405])('are put together where the list of all is answered with %i, free addresses included', async (status) => {
    const servers = Array.from({ length: 23 }, (_, at) => ({
      ...{ id: `s${String(at)}`, name: 's', vdc: { id: 'v1' } },
      ports: at < 12 ? [] : [port(`sp${String(at)}`)],
    }))
    const routers = [
      { id: 'r', name: 'r', vdc: { id: 'v2' }, ports: [port('rp', { type: 'router_ext', connected: { id: 'r', vdc: { id: 'v2' } } })] },
    ]
    const addresses = [port('free', { type: 'orphan_ext', connected: {} }), port('rp', { connected: { id: 'r' } })]
    const { deployment, adapter } = await deployed({
      '/v1/port': ({ query }) => (query.has('vdc') ? pageOf(query.get('vdc') === 'v2' ? addresses : [], query) : { status, json: {} }),
      '/v1/vdc': ({ query }) => pageOf([{ id: 'v1' }, { id: 'v2' }], query),
      '/v1/vm': ({ query }) => pageOf(servers, query),
      '/v1/router': ({ query }) => pageOf(routers, query),
    })
    const found = await walk(adapter, 'ports')
    expect(found).toHaveLength(13)
    expect(found.filter(({ external }) => external).map(({ id, vdcId }) => [id, vdcId])).toEqual([
      ['rp', 'v2'],
      ['free', 'v2'],
    ])
    expect(new Set(found.map(({ vdcId }) => vdcId))).toEqual(new Set(['v1', 'v2']))
    const refused = (): number => deployment.asked.filter((request) => request.includes('/v1/port') && !request.includes('vdc=')).length
    const before = refused()
    await walk(adapter, 'ports')
    expect(refused(), 'asked once, and remembered').toBe(before)
  })

  it('fail where a data centre does not list its addresses either: the free ones would be missing without a word', async () => {
    const { adapter } = await deployed({
      '/v1/port': () => ({ status: 403, json: {} }),
      '/v1/vm': ({ query }) => pageOf([], query),
      '/v1/router': ({ query }) => pageOf([], query),
      '/v1/vdc': ({ query }) => pageOf([{ id: 'v1' }], query),
    })
    await expect(walk(adapter, 'ports')).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('notes of one client', () => {
  const notes = Array.from({ length: 13 }, (_, at) => ({
    id: `n${String(at)}`,
    text: `Текст ${String(at)}`,
    alert_time: null,
    confirmed: false,
  }))
  const path = '/v1/client/c1/note'

  it('are whole or an error that passes: one page that is not found is no end', async () => {
    const { adapter } = await deployed({
      [path]: ({ query, count }) => (query.get('page') === '2' && count <= 2 ? null : pageOf(notes, query)),
    })
    expect(await adapter.notes.ofClient('c1', never)).toHaveLength(13)
    const lost = await deployed({ [path]: ({ query }) => (query.get('page') === '2' ? null : pageOf(notes, query)) })
    expect(await code(lost.adapter.notes.ofClient('c1', never))).toMatchObject({ code: 'bad-answer', retryable: true })
  })

  it('are read again when a colleague removes one between two pages', async () => {
    let now = notes
    const { adapter } = await deployed({
      [path]: ({ query, count }) => {
        if (count === 2) now = notes.slice(1)
        return pageOf(now, query)
      },
    })
    expect((await adapter.notes.ofClient('c1', never)).map(({ id }) => id)).toEqual(notes.slice(1).map(({ id }) => id))
  })

  it('prove nothing while the text or the alert of one of them cannot be read', async () => {
    const odd = [...notes.slice(0, 3), { id: 'odd', text: 'x', alert_time: 'завтра' }]
    const { adapter } = await deployed({ [path]: ({ query }) => pageOf(odd, query) })
    expect(await code(adapter.notes.ofClient('c1', never))).toMatchObject({ code: 'bad-answer' })
  })

  it('come to a sync as one page, however many there are', async () => {
    const { adapter } = await deployed({ [path]: ({ query }) => pageOf(notes, query) })
    const page = await adapter.page({ dataset: 'notes', cursor: null, ownerId: 'c1', signal: never })
    expect([page.items.length, page.total, page.next]).toEqual([13, 13, null])
  })

  it('a confirmed one that cannot be read by itself is found in the list; else its end is unknown, never a refusal', async () => {
    const confirmed = { ...notes[0], confirmed: true }
    const script: Script = { '/v1/note/n0/confirm': () => ({ status: 204 }), '/v1/note/n0': () => ({ status: 405, json: {} }) }
    const draft = { clientId: 'c1', text: 'Текст 0', alertAt: null }
    const listed = await deployed({ ...script, [path]: ({ query }) => pageOf([confirmed], query) })
    expect(await listed.adapter.notes.confirm('n0', draft, never)).toMatchObject({ id: 'n0', confirmed: true })
    const silent = await deployed({ ...script, [path]: () => ({ status: 403, json: {} }) })
    expect(await code(silent.adapter.notes.confirm('n0', draft, never))).toMatchObject({ code: 'bad-answer' })
  })
})

it('a list that ended at a page that is not there is of the time that the platform said', async () => {
  const { adapter } = await deployed({
    '/v1/disk': ({ query }) =>
      query.get('page') === '1' ? pageOf(named('d', 10), query) : { status: 404, json: {}, date: 'Sun, 01 Mar 2026 10:00:00 GMT' },
  })
  const first = await adapter.page({ dataset: 'disks', cursor: null, signal: never })
  const last = await adapter.page({ dataset: 'disks', cursor: first.next, signal: never })
  expect([last.next, last.at]).toEqual([null, Date.parse('2026-03-01T10:00:00Z')])
})
