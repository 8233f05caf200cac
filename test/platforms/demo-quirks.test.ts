import { describe, expect, it } from 'vitest'
import { readOptions } from '../../electron/demo/options'
import { EPOCH, ownDemo, type Page } from './demo-support'

/** Deployments that refuse more than usual, or differ from the others. */
type Body = Record<string, unknown>
const EN = { headers: { 'accept-language': 'en' } }

describe('a strict demo platform', () => {
  it('refuses a sort by what its objects do not show', async () => {
    const demo = await ownDemo({ strict: true })
    const status = async (path: string) => (await demo.api(path)).status
    for (const name of ['client', 'vdc', 'vm', 'account', 'contract', 'note'])
      expect([name, await status(`/v1/${name}?sort=ctime`), await status(`/v1/${name}?sort=-ctime`)]).toEqual([name, 200, 200])
    for (const name of ['project', 'disk', 'network', 'router', 'storage_profile']) {
      expect([name, await status(`/v1/${name}?sort=ctime`), await status(`/v1/${name}?sort=-name`)]).toEqual([name, 400, 200])
      expect(await status(`/v1/${name}`)).toBe(200)
    }
    const refused = await demo.api('/v1/client?sort=price', EN)
    expect([refused.status, refused.json()]).toEqual([400, { sort: ['"price" is not a valid choice.'] }])
  })

  it('lists the ports of one data centre only, and writes {} for what is not there', async () => {
    const demo = await ownDemo({ strict: true, pageSize: 1000 })
    for (const path of ['/v1/port', '/v1/port?filter_type=external']) {
      const refused = await demo.api(path, EN)
      expect([refused.status, refused.json()]).toEqual([400, { vdc: ['This field is required.'] }])
    }
    const vdcs = await demo.all<{ id: string }>('/v1/vdc')
    const lists = await Promise.all(vdcs.map((vdc) => demo.all<Body & { type: string }>(`/v1/port?vdc=${vdc.id}`)))
    const ports = lists.flat()
    expect(ports).toHaveLength((await demo.control('/state/port')).json<Body[]>().length)
    for (const port of ports) {
      if (port.type.startsWith('vm')) expect(port['router']).toEqual({})
      if (port.type.startsWith('orphan')) expect(port['connected']).toEqual({})
    }
    expect(new Set(ports.map((port) => port.type.split('_')[0]))).toEqual(new Set(['vm', 'router', 'orphan']))
  })

  it('does not tell what users may do', async () => {
    const [kind, strict] = [await ownDemo(), await ownDemo({ strict: true })]
    const keys = async (demo: typeof kind, path: string) => Object.keys((await demo.api(path)).json<Body>())
    const users = async (demo: typeof kind) => (await demo.all<Body>('/v1/account')).map((one) => Object.keys(one).includes('objects'))
    expect([new Set(await users(kind)), new Set(await users(strict))]).toEqual([new Set([true]), new Set([false])])
    const [mine, theirs] = [await keys(kind, '/v1/account/me'), await keys(strict, '/v1/account/me')]
    expect(theirs).toEqual(mine.filter((key) => key !== 'objects'))
  })
})

describe('sort that is ignored', () => {
  it('changes nothing', async () => {
    const demo = await ownDemo({ sortIgnored: true })
    expect((await demo.api('/v1/vm?sort=ctime')).text).toBe((await demo.api('/v1/vm')).text)
    expect((await demo.api('/v1/vm?sort=nonsense')).status).toBe(200)
  })
})

describe('a page size that can be asked', () => {
  it('gives as many, up to the most; another name, or none, gives the usual', async () => {
    const demo = await ownDemo({ pageSizeParam: 'page_size', maxPageSize: 40 })
    const page = async (query: string) => (await demo.api(`/v1/disk${query}`)).json<Page>()
    for (const [query, limit] of [
      ['', 10],
      ['?page_size=25', 25],
      ['?page_size=200', 40],
      ['?limit=25', 10],
      ['?page_size=0', 10],
      ['?page_size=x', 10],
    ] as const)
      expect([query, (await page(query)).limit, (await page(query)).items.length]).toEqual([query, limit, limit])
    const second = await page('?page_size=25&page=2')
    expect(second.items[0]).toEqual((await page('?page=3')).items[5])
    const past = Math.ceil(second.total / 25) + 1
    expect((await demo.api(`/v1/disk?page_size=25&page=${past}`)).status).toBe(404)
    expect((await demo.api('/v1/storage_profile?page_size=4')).json<Page>().items).toHaveLength(4)
  })
})

describe('the zone of times', () => {
  const HOURS = 3_600_000
  it('moves what is written and what is read, and no billing day', async () => {
    const [utc, moscow] = [await ownDemo({ zoneMinutes: 0 }), await ownDemo({ zoneMinutes: 180 })]
    const times = async (demo: typeof utc, path: string, field: string) =>
      (await demo.all<Record<string, string>>(path)).map((row) => Date.parse(`${(row[field] ?? '').slice(0, 23)}Z`))
    for (const [path, field] of [
      ['/v1/client', 'ctime'],
      ['/v1/port', 'ctime'],
      ['/v1/statistics?detail=day', 'time'],
    ] as const) {
      const [here, there] = [await times(utc, path, field), await times(moscow, path, field)]
      expect(here.map((time) => time + 3 * HOURS)).toEqual(there)
    }
    const [day] = await utc.all<{ time: string }>('/v1/statistics?detail=day')
    expect(day?.time.slice(10)).toBe('T21:00:00')
    const [client] = (await utc.api('/v1/client')).json<Page<{ id: string }>>().items
    const note = { text: 'Позвонить', alert_time: '2026-03-11T10:37:00+03:00' }
    const made = await utc.api(`/v1/client/${client?.id ?? ''}/note`, { method: 'POST', body: note })
    expect(made.json()).toMatchObject({ alert_time: '2026-03-11T07:37:00' })
  })

  it('is read from the command line', () => {
    for (const [text, zoneMinutes] of [
      ['0', 0],
      ['180', 180],
      ['-60', -60],
      ['+05:30', 330],
      ['-03:00', -180],
      ['Z', 0],
    ] as const)
      expect(readOptions([`--zone=${text}`])).toMatchObject({ zoneMinutes })
    for (const wrong of ['Moscow', '+25:00', '', '1.5']) expect(() => readOptions([`--zone=${wrong}`])).toThrow('--zone must be')
  })
})

describe('the base moment', () => {
  it('reads a moment without a zone as UTC, whatever the machine is set to', () => {
    for (const text of ['2026-03-09T21:00', '2026-03-09T21:00:00Z', '2026-03-10T00:00:00+03:00'])
      expect(readOptions(['--epoch', text])).toMatchObject({ epoch: EPOCH })
    expect(readOptions(['--epoch', '2026-03-10'])).toMatchObject({ epoch: EPOCH + 3 * 3_600_000 })
    expect(() => readOptions(['--epoch', '2026-02-31'])).toThrow('--epoch must be')
  })
})
