import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseBreaks, type BreakKind } from '../../electron/demo/breaks'
import { readOptions } from '../../electron/demo/options'
import { ownDemo, startDemo, type Demo, type Page } from './demo-support'

interface Row {
  id: unknown
  name: string
}

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.close())

async function broken(spec: string): Promise<void> {
  expect((await demo.control('/break', { break: spec })).status).toBe(200)
}
const disks = (page = 1) => demo.api(`/v1/disk?page=${page}`, { headers: { 'accept-language': 'en' } })

describe('a broken list', () => {
  it('answers as the kind says, for ever, while single records and all other lists work', async () => {
    const whole = (await disks()).json<Page<Row>>()
    const says: Partial<Record<BreakKind, [number, unknown]>> = {
      '403': [403, { detail: 'You do not have permission to perform this action.' }],
      '400': [400, { non_field_errors: ['Bad request.'] }],
      '429': [429, { detail: 'Request was throttled.' }],
      empty: [200, { items: [], total: 0, limit: 10 }],
      bare: [200, []],
      'page-total': [200, { ...whole, total: 10 }],
      'half-total': [200, { ...whole, total: Math.floor(whole.total / 2) }],
      unreadable: [200, { ...whole, items: whole.items.map((row) => ({ ...row, id: {} })) }],
    }
    for (const [kind, wanted] of Object.entries(says)) {
      await broken(`disk:${kind}`)
      for (let time = 0; time < 3; time++) {
        const answer = await disks()
        expect([kind, answer.status, answer.json()]).toEqual([kind, ...wanted])
      }
      expect((await demo.api(`/v1/disk/${String(whole.items[0]?.id)}`)).status).toBe(200)
      expect((await demo.api('/v1/vm')).status).toBe(200)
    }
    await broken('')
    expect((await disks()).json()).toEqual(whole)
  })

  it('sends what is no answer of an API', async () => {
    for (const [kind, status] of [
      ['500', 500],
      ['404', 404],
      ['html', 200],
    ] as const) {
      await broken(`disk:${kind}`)
      const [one, two] = [await disks(), await disks()]
      expect([kind, one.status, two.status]).toEqual([kind, status, status])
      expect([one, two].some((answer) => answer.headers.get('content-type')?.startsWith('text/html') === true)).toBe(true)
    }
    await broken('disk:garbage')
    const cut = await disks()
    expect(cut.status).toBe(200)
    expect(() => cut.json()).toThrow(SyntaxError)
  })

  it('never answers, and tells so in the log once the other side has gone', async () => {
    const own = await ownDemo({ breaks: parseBreaks('vm:hang') })
    const url = `${own.platform.url}/v1/vm`
    const headers = { authorization: `Bearer ${own.platform.token}` }
    const asked = fetch(url, { headers, signal: AbortSignal.timeout(300) })
    await expect(asked).rejects.toThrow('timeout')
    const entries = async () => (await own.control('/log?path=/v1/vm')).json<{ entries: object[] }>().entries
    await expect.poll(entries).toMatchObject([{ path: '/v1/vm', status: 0 }])
  })

  it('repeats its first page without a total, or breaks off at the sixth', async () => {
    await broken('')
    const first = (await disks()).json<Page<Row>>().items
    await broken('disk:repeat')
    for (const page of [1, 2, 500]) expect((await disks(page)).json()).toEqual({ items: first, limit: 10 })
    await broken('disk:cut')
    expect(Object.keys((await disks(5)).json())).toEqual(['items', 'limit'])
    expect((await disks(6)).status).toBe(404)
  })

  it('changes the places of its pages with each request', async () => {
    await broken('')
    const { total } = (await disks()).json<Page<Row>>()
    await broken('disk:moving')
    const pages = Math.ceil(total / 10)
    const walk = async () => {
      const rows: unknown[] = []
      for (let page = 1; page <= pages; page++) rows.push(...(await disks(page)).json<Page<Row>>().items.map((row) => row.id))
      return rows
    }
    const [one, two] = [await walk(), await walk()]
    expect(one).not.toEqual(two)
    for (const rows of [one, two]) expect(new Set(rows).size).toBeLessThan(total)
    expect((await disks(pages + 1)).status).toBe(404)
  })

  it('is whole again after as many requests as were said', async () => {
    const whole = (await demo.api('/v1/client')).json()
    await broken('client:empty:2')
    const totals = []
    for (let time = 0; time < 3; time++) totals.push((await demo.api('/v1/client')).json<Page>().total)
    expect(totals).toEqual([0, 0, 30])
    expect((await demo.api('/v1/client')).json()).toEqual(whole)
  })

  it('may be one of each owner, and is asked for by its name only', async () => {
    const [client] = (await demo.api('/v1/client')).json<Page<Row>>().items
    await broken('client/limit:403')
    expect((await demo.api(`/v1/client/${String(client?.id)}/limit`)).status).toBe(403)
    expect((await demo.api('/v1/client')).status).toBe(200)
    const wrong = await demo.control('/break', { break: 'discs:500' })
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining('there is no list \\"discs\\": use client')])
    expect((await demo.api('/v1/client', { token: null })).status).toBe(401)
  })

  it('is read from the command line in one sentence each', () => {
    expect(readOptions(['--break', 'disk:500, port:403:2'])).toMatchObject({
      breaks: [
        { list: 'disk', kind: '500', times: Infinity },
        { list: 'port', kind: '403', times: 2 },
      ],
    })
    expect(() => readOptions(['--break', 'disk:fire'])).toThrow('--break: unknown way to break "fire"')
    expect(() => readOptions(['--break', 'disk:500:0'])).toThrow('whole number from 1')
    expect(() => readOptions(['--break', ':500'])).toThrow('names no list')
  })
})
