import { describe, expect, it } from 'vitest'
import { ownDemo, type Demo } from './demo-support'

interface Point {
  time: string
  clients: number
  servers: number
  cpu: number
  ram: number
  disks: { billing_class: string; size: number }[]
  volume: number
  ip: number
  networks: number
  routers: number
  amount: number
}
interface Vm {
  cpu: number
  ram: number
}
interface Disk {
  size: number
  storage_profile: { billing_class: { id: string } }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** The same figures, counted from the lists. */
async function fromLists(demo: Demo): Promise<Omit<Point, 'time' | 'amount'>> {
  const vms = await demo.all<Vm>('/v1/vm')
  const disks = await demo.all<Disk>('/v1/disk')
  const classes = Map.groupBy(disks, (disk) => disk.storage_profile.billing_class.id)
  const count = async (path: string) => (await demo.all(path)).length
  return {
    clients: await count('/v1/client'),
    servers: vms.length,
    cpu: sum(vms.map((vm) => vm.cpu)),
    ram: sum(vms.map((vm) => vm.ram)),
    disks: [...classes].map(([billing_class, list]) => ({ billing_class, size: sum(list.map((disk) => disk.size)) })),
    volume: sum(disks.map((disk) => disk.size)),
    ip: await count('/v1/port?filter_type=external'),
    networks: await count('/v1/network'),
    routers: await count('/v1/router'),
  }
}

const lastPoint = async (demo: Demo, detail: string) => (await demo.all<Point>(`/v1/statistics?detail=${detail}`)).at(-1)

const byClass = (one: { billing_class: string }, other: { billing_class: string }) => one.billing_class.localeCompare(other.billing_class)

function expectSame(point: Point | undefined, { disks, ...plain }: Omit<Point, 'time' | 'amount'>): void {
  expect(point).toMatchObject(plain)
  expect([...(point?.disks ?? [])].sort(byClass)).toEqual([...disks].sort(byClass))
}

describe('statistics of the demo platform', () => {
  it('ends at what the lists sum up to, by the hour and by the day', async () => {
    const demo = await ownDemo({ pageSize: 500 })
    const lists = await fromLists(demo)
    for (const detail of ['hour', 'day']) expectSame(await lastPoint(demo, detail), lists)
  })

  it('still agrees after a simulated month of life and after direct changes', async () => {
    const demo = await ownDemo({ pageSize: 500 })
    await demo.control('/clock', { advance: 30 * 86_400 })
    const [vm] = await demo.all<{ id: string }>('/v1/vm')
    const [client] = await demo.all<{ id: string }>('/v1/client?sort=ctime')
    await demo.control('/mutate', { op: 'update', dataset: 'vm', id: vm?.id, fields: { cpu: 24, ram: 96 } })
    await demo.control('/mutate', { op: 'delete', dataset: 'client', id: client?.id })
    expectSame(await lastPoint(demo, 'hour'), await fromLists(demo))
  })

  it('says what a balance has fallen by', async () => {
    const demo = await ownDemo({ pageSize: 500 })
    const clients = await demo.all<{ id: string; payment_model: string; contract: { balance: number } }>('/v1/client')
    const client = clients.find((one) => one.payment_model === 'prepay' && one.contract.balance > 1000)
    const path = `/v1/client/${client?.id ?? ''}`
    await demo.control('/clock', { advance: 3600 })
    const after = (await demo.api(path)).json<{ contract: { balance: number } }>().contract.balance
    const hour = (await demo.all<Point>(`${path}/statistics?detail=hour`)).at(-1)
    expect(Math.abs((client?.contract.balance ?? 0) - after - (hour?.amount ?? 0))).toBeLessThan(0.011)
  })

  it('keeps a year of days and a month of hours, and answers ranges', async () => {
    const demo = await ownDemo({ pageSize: 1000 })
    const days = await demo.all<Point>('/v1/statistics?detail=day')
    const hours = await demo.all<Point>('/v1/statistics?detail=hour')
    expect([days.length, hours.length]).toEqual([365, 31 * 24])
    expect([days.at(-1)?.time, hours.at(-1)?.time]).toEqual(['2026-03-09T21:00:00', '2026-03-09T21:00:00'])
    const range = await demo.all<Point>(
      '/v1/statistics?detail=day&date_from=2026-02-01T00:00:00%2B03:00&date_to=2026-02-28T23:59:59%2B03:00',
    )
    // A billing day begins at midnight in UTC+3, and is written in UTC.
    const between = (from: string, to: string) => (point: Point) => point.time >= from && point.time < to
    expect(range).toEqual(days.filter(between('2026-01-31T21', '2026-02-28T21')))
    expect(range).toHaveLength(28)
    const yesterday = hours.filter(between('2026-03-08T21', '2026-03-09T21'))
    expect(sum(yesterday.map((point) => point.amount))).toBeCloseTo(days.at(-2)?.amount ?? 0, 0)
    expect((await demo.api('/v1/statistics?detail=week')).status).toBe(400)
  })

  it('gives one client its own figures', async () => {
    const demo = await ownDemo({ pageSize: 1000 })
    const [vm] = await demo.all<{ vdc: { id: string } }>('/v1/vm')
    const vdc = (await demo.api(`/v1/vdc/${vm?.vdc.id ?? ''}`)).json<{ project: { id: string } }>()
    const { client } = (await demo.api(`/v1/project/${vdc.project.id}`)).json<{ client: { id: string } }>()
    const projects = await demo.all<{ vdc: { id: string }[] }>(`/v1/project?client=${client.id}`)
    const lists = await Promise.all(projects.flatMap((project) => project.vdc.map((one) => demo.all<Vm>(`/v1/vm?vdc=${one.id}`))))
    const vms = lists.flat()
    const points = await demo.all<Point>(`/v1/client/${client.id}/statistics?detail=day`)
    expect(points.at(-1)).toMatchObject({ servers: vms.length, cpu: sum(vms.map((one) => one.cpu)), ram: sum(vms.map((one) => one.ram)) })
    expect(Object.keys(points[0] ?? {})).toEqual(['time', 'servers', 'cpu', 'ram', 'volume', 'amount'])
  })
})
