import { describe, expect, it } from 'vitest'
import { ownDemo, type Demo } from './demo-support'

type Row = { id: string | number; ctime: string } & Record<string, unknown>
interface Made {
  id: string
}
const LISTS = ['payment', 'ticket', 'event'] as const
const create = async (demo: Demo, dataset: string, fields: object) =>
  (await demo.control('/mutate', { op: 'create', dataset, fields })).json<Made>().id

describe('payments, tickets and events of the demo platform', () => {
  it('come newest first, with what the profile names', async () => {
    const demo = await ownDemo({ clients: 30 })
    for (const list of LISTS) {
      const rows = await demo.all<Row>(`/v1/${list}`)
      expect(rows.length, list).toBeGreaterThan(20)
      expect(rows.map(({ ctime }) => ctime)).toEqual(rows.map(({ ctime }) => ctime).sort((a, b) => (a < b ? 1 : -1)))
    }
    const contracts = new Set((await demo.all<Row>('/v1/contract')).map(({ id }) => id))
    for (const { id, contract, amount } of await demo.all<Row>('/v1/payment')) {
      expect([typeof id, typeof amount]).toEqual(['number', 'number'])
      expect(contracts).toContain((contract as Made).id)
    }
    const [accounts, projects] = await Promise.all(
      ['account', 'project'].map(async (name) => new Set((await demo.all<Row>(`/v1/${name}`)).map(({ id }) => id))),
    )
    for (const { account, project } of await demo.all<Row>('/v1/ticket')) {
      expect(accounts).toContain((account as Made).id)
      if (project !== null) expect(projects).toContain((project as Made).id)
    }
  })

  it('grow and change while the cloud moves; what happened is never taken back, also when its client goes', async () => {
    const demo = await ownDemo({ clients: 30, pageSize: 1000 })
    const before = Object.fromEntries(await Promise.all(LISTS.map(async (list) => [list, await demo.all<Row>(`/v1/${list}`)] as const)))
    await demo.control('/churn', { count: 600, seed: 4 })
    for (const list of ['payment', 'event'] as const) {
      const ids = new Set((await demo.all<Row>(`/v1/${list}`)).map(({ id }) => id))
      expect(ids.size, list).toBeGreaterThan(before[list]?.length ?? 0)
      for (const { id } of before[list] ?? []) expect(ids).toContain(id)
    }
    const tickets = new Map((await demo.all<Row>('/v1/ticket')).map((row) => [row.id, row]))
    expect((before['ticket'] ?? []).some((row) => tickets.has(row.id) && tickets.get(row.id)?.['mtime'] !== row['mtime'])).toBe(true)
  })

  it('are made by hand too, also late: such a row stands where its date belongs', async () => {
    const demo = await ownDemo({ clients: 5, pageSize: 1000 })
    const [client] = await demo.all<Made>('/v1/client')
    await create(demo, 'payment', { client: client?.id })
    const late = await create(demo, 'payment', { client: client?.id, at: '2020-01-01T00:00:00', status: 'В обработке' })
    const rows = await demo.all<Row>('/v1/payment')
    expect(rows.at(-1)).toMatchObject({ id: Number(late), status: 'В обработке' })
    expect(await create(demo, 'event', { client: client?.id })).toBe((await demo.all<Row>('/v1/event'))[0]?.id)
  })

  it('are looked up by date and by what they belong to', async () => {
    const demo = await ownDemo({ clients: 30, pageSize: 1000 })
    const rows = await demo.all<Row>('/v1/payment')
    const middle = rows[Math.floor(rows.length / 2)]!
    const since = await demo.all<Row>(`/v1/payment?date_from=${middle.ctime.slice(0, 19)}`)
    expect(since.map(({ id }) => id)).toEqual(rows.filter(({ ctime }) => ctime >= middle.ctime.slice(0, 19)).map(({ id }) => id))
    const contract = (middle['contract'] as Made).id
    const own = await demo.all<Row>(`/v1/payment?contract=${contract}`)
    expect(own.map(({ id }) => id)).toEqual(rows.filter((row) => (row['contract'] as Made).id === contract).map(({ id }) => id))
    const topic = encodeURIComponent('Возврат средств')
    for (const row of await demo.all<Row>(`/v1/ticket?topic=${topic}`)) expect(row['topic']).toBe('Возврат средств')
  })
})
