import { describe, expect, it } from 'vitest'
import { readOptions } from '../../electron/demo/options'
import { ownDemo, type Demo } from './demo-support'

interface Ref {
  id: string
  name: string
}
interface Change {
  op: string
  dataset: string
  id: string
}
type Row = Ref & Record<string, unknown>
type State = Record<string, Row[]>

const LISTS = ['client', 'project', 'vdc', 'vm', 'disk', 'network', 'router', 'port'] as const
const stateOf = async (demo: Demo) => (await demo.control('/state')).json<State>()
const change = async (demo: Demo, count: number, seed: number) =>
  (await demo.control('/churn', { count, seed })).json<{ changes: Change[] }>().changes
const ids = (rows: readonly { id: string }[] | undefined) => (rows ?? []).map((row) => row.id)
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

async function listsOf(demo: Demo): Promise<Record<(typeof LISTS)[number], Row[]>> {
  const entries = await Promise.all(LISTS.map(async (name) => [name, await demo.all<Row>(`/v1/${name}`)] as const))
  return Object.fromEntries(entries) as Record<(typeof LISTS)[number], Row[]>
}

/** Every reference leads to a row that is there, and shows the name that the row has. */
function expectWhole(lists: Record<(typeof LISTS)[number], Row[]>): void {
  const names = new Map(Object.values(lists).flatMap((rows) => rows.map((row) => [row.id, row.name] as const)))
  expect(names.size).toBe(sum(Object.values(lists).map((rows) => rows.length)))
  const leads = (row: Row, ...keys: string[]) => {
    const ref = keys.reduce<unknown>((value, key) => (value as Row | null)?.[key], row) as Ref | null | undefined
    if (ref?.id !== undefined) expect([row.id, keys, names.get(ref.id)]).toEqual([row.id, keys, ref.name])
  }
  for (const row of lists.project) leads(row, 'client')
  for (const row of lists.vdc) leads(row, 'project')
  for (const row of [...lists.vm, ...lists.disk, ...lists.network, ...lists.router]) leads(row, 'vdc')
  for (const row of lists.disk) leads(row, 'vm')
  for (const row of lists.port) {
    leads(row, 'connected')
    leads(row, 'connected', 'vdc')
    if ((row['network'] as { external: boolean }).external) continue
    leads(row, 'network')
  }
  const vdcs = Map.groupBy(lists.vdc, (row) => (row['project'] as Ref).id)
  for (const project of lists.project) {
    expect(ids(project['vdc'] as Ref[]).sort()).toEqual(ids(vdcs.get(project.id)).sort())
  }
  const projects = Map.groupBy(lists.project, (row) => (row['client'] as Ref).id)
  for (const client of lists.client) expect(client['projects']).toBe(projects.get(client.id)?.length ?? 0)
}

/** What is nested in a server or a router is what the lists have. */
function expectNested(lists: Record<(typeof LISTS)[number], Row[]>): void {
  const ports = new Map(lists.port.map((port) => [port.id, port]))
  const owned = Map.groupBy(lists.port, (port) => (port['connected'] as Ref | null)?.id ?? '')
  for (const owner of [...lists.vm, ...lists.router]) {
    const nested = owner['ports'] as Row[]
    for (const port of nested) expect(port).toEqual(ports.get(port.id))
    expect(ids(nested).sort()).toEqual(ids(owned.get(owner.id)).sort())
  }
  const disks = Map.groupBy(lists.disk, (disk) => (disk['vm'] as Ref | null)?.id ?? '')
  for (const vm of lists.vm) expect(ids(vm['disks'] as Row[]).sort()).toEqual(ids(disks.get(vm.id)).sort())
}

async function expectStatistics(demo: Demo, lists: Record<(typeof LISTS)[number], Row[]>): Promise<void> {
  const total = (rows: readonly Row[], field: string) => sum(rows.map((row) => Number(row[field])))
  const external = lists.port.filter((port) => (port['network'] as { external: boolean }).external)
  const figures = {
    ...{ clients: lists.client.length, servers: lists.vm.length, networks: lists.network.length, routers: lists.router.length },
    ...{ cpu: total(lists.vm, 'cpu'), ram: total(lists.vm, 'ram'), volume: total(lists.disk, 'size'), ip: external.length },
  }
  expect((await demo.all('/v1/statistics?detail=hour')).at(-1)).toMatchObject(figures)
  const vms = Map.groupBy(lists.vm, (vm) => (vm['vdc'] as Ref).id)
  for (const client of lists.client.slice(0, 12)) {
    const mine = lists.project.filter((project) => (project['client'] as Ref).id === client.id).flatMap((one) => ids(one['vdc'] as Ref[]))
    const servers = mine.flatMap((vdc) => vms.get(vdc) ?? [])
    const point = (await demo.all(`/v1/client/${client.id}/statistics?detail=hour`)).at(-1)
    expect([client.id, point]).toMatchObject([client.id, { servers: servers.length, cpu: total(servers, 'cpu') }])
  }
}

describe('changes at the platform, many at once', () => {
  it.each([1, 2, 3])('leave every reference, copy and figure true (seed %i)', async (seed) => {
    const demo = await ownDemo({ pageSize: 1000, clients: 40 })
    const before = await listsOf(demo)
    const made = await change(demo, 300, seed)
    expect(made).toHaveLength(300)
    const kinds = new Set(made.map(({ op, dataset }) => `${op} ${dataset}`))
    for (const kind of ['create vm', 'delete vm', 'move vm', 'rename client', 'resize disk', 'create port', 'delete disk', 'power vm'])
      expect(kinds).toContain(kind)
    const lists = await listsOf(demo)
    expectWhole(lists)
    expectNested(lists)
    await expectStatistics(demo, lists)
    for (const name of ['client', 'vm', 'disk', 'network'] as const) {
      expect(lists[name].length).toBeGreaterThan(before[name].length * 0.6)
      expect(lists[name].length).toBeLessThan(before[name].length * 1.6)
    }
  })

  it('are the same for the same seed, and never give an id twice', async () => {
    const [one, two] = [await ownDemo(), await ownDemo()]
    const rows = async (demo: Demo) => [await change(demo, 60, 5), await change(demo, 60, 5), await stateOf(demo)] as const
    const [first, again, state] = await rows(one)
    expect(await rows(two)).toEqual([first, again, state])
    expect(again).not.toEqual(first)
    const created = [...first, ...again].filter((it) => it.op === 'create').map((it) => it.id)
    expect(new Set(created).size).toBe(created.length)
    for (const rows of Object.values(state).filter(Array.isArray)) expect(new Set(ids(rows)).size).toBe(rows.length)
  })

  it('never make a client again that was removed', async () => {
    const demo = await ownDemo({ clients: 3 })
    const made = async () => (await demo.control('/mutate', { op: 'create', dataset: 'client', fields: {} })).json<Ref>().id
    const first = await made()
    await demo.control('/mutate', { op: 'delete', dataset: 'client', id: first })
    expect(await made()).not.toBe(first)
  })

  it('come newest last in time, also while the clock stands', async () => {
    const demo = await ownDemo({ pageSize: 1000 })
    const [vdc] = await demo.all<Ref>('/v1/vdc')
    const made: string[] = []
    for (let at = 0; at < 6; at++) {
      const answer = await demo.control('/mutate', { op: 'create', dataset: 'vm', fields: { vdc: vdc?.id } })
      made.push(answer.json<Ref>().id)
    }
    expect(ids(await demo.all<Ref>('/v1/vm')).slice(0, 6)).toEqual(made.reverse())
  })
})

describe('churn', () => {
  it('moves the lists while they are walked, at the rate that was asked for', async () => {
    const demo = await ownDemo({ churn: 40, pageSize: 10 })
    const before = await stateOf(demo)
    const totals = new Set<number>()
    const changed = async () => {
      totals.add((await demo.all('/v1/disk')).length)
      return (await demo.control('/churn')).json<{ made: number }>().made
    }
    await expect.poll(changed, { timeout: 8000 }).toBeGreaterThan(50)
    expect((await demo.control('/churn', { rate: 0 })).json()).toMatchObject({ rate: 0 })
    const after = await stateOf(demo)
    expect(after).not.toEqual(before)
    expect(totals.size).toBeGreaterThan(1)
    expect(await stateOf(demo)).toEqual(after)
    expect((await demo.control('/clock')).json()).toMatchObject({ churn: 0 })
    expect((await demo.control('/churn', { rate: -1 })).status).toBe(400)
  })

  it('is read from the command line', () => {
    expect(readOptions(['--churn', '0.5'])).toMatchObject({ churn: 0.5 })
    expect(() => readOptions(['--churn', 'much'])).toThrow('--churn must be a number from 0 to 1000')
  })
})

describe('moves', () => {
  it('take a server to another data centre, with its disks, ports and figures', async () => {
    const demo = await ownDemo({ pageSize: 1000 })
    const { vm = [], vdc = [], project = [], disk = [] } = await stateOf(demo)
    const server = vm.find((one) => disk.filter((it) => it['vm'] === one.id).length > 1)
    const clientOf = (id: unknown) => project.find((it) => it.id === vdc.find((one) => one.id === id)?.['project'])?.['client']
    const target = vdc.find((it) => it['hypervisor'] === server?.['hypervisor'] && clientOf(it.id) !== clientOf(server?.['vdc']))
    const cpu = async (client: unknown) => Number((await demo.all(`/v1/client/${String(client)}/statistics`)).at(-1)?.['cpu'])
    const owners = [clientOf(server?.['vdc']), clientOf(target?.id)]
    const [from = 0, to = 0] = await Promise.all(owners.map(cpu))
    const moved = await demo.control('/mutate', { op: 'update', dataset: 'vm', id: server?.id, fields: { vdc: target?.id } })
    expect(moved.json<{ row: Row }>().row).toMatchObject({ vdc: { id: target?.id, name: target?.name } })
    const size = Number(server?.['cpu'])
    expect(await Promise.all(owners.map(cpu))).toEqual([from - size, to + size])
    const lists = await listsOf(demo)
    expectWhole(lists)
    expectNested(lists)
    await expectStatistics(demo, lists)
    const other = vdc.find((it) => it['hypervisor'] !== server?.['hypervisor'])
    const refused = await demo.control('/mutate', { op: 'update', dataset: 'vm', id: server?.id, fields: { vdc: other?.id } })
    expect(refused.status).toBe(409)
  })

  it('take a project to another client', async () => {
    const demo = await ownDemo({ pageSize: 1000 })
    const { project = [], client = [] } = await stateOf(demo)
    const [one] = project
    const target = client.find((it) => it.id !== one?.['client'])
    await demo.control('/mutate', { op: 'update', dataset: 'project', id: one?.id, fields: { client: target?.id } })
    const contract = (await demo.api(`/v1/client/${target?.id ?? ''}`)).json<{ contract: Ref & { balance: number } }>().contract
    expect((await demo.api(`/v1/project/${one?.id ?? ''}`)).json()).toMatchObject({
      client: { id: target?.id, name: target?.name, contract: { id: contract.id, balance: contract.balance } },
    })
    const lists = await listsOf(demo)
    expectWhole(lists)
    await expectStatistics(demo, lists)
    const update = (client: unknown) => demo.control('/mutate', { op: 'update', dataset: 'project', id: one?.id, fields: { client } })
    expect((await update('nobody')).status).toBe(400)
    expect((await update(null)).json()).toMatchObject({ row: { id: one?.id, client: null } })
  })
})

describe('what is made by hand', () => {
  it('hangs where it was put, and is counted', async () => {
    const demo = await ownDemo({ pageSize: 1000 })
    const create = async (dataset: string, fields: object) =>
      (await demo.control('/mutate', { op: 'create', dataset, fields })).json<{ id: string; row: Row }>()
    const { client = [] } = await stateOf(demo)
    const project = await create('project', { client: client[0]?.id, name: 'Вручную' })
    expect(project.row).toMatchObject({ name: 'Вручную', client: { id: client[0]?.id } })
    const vdc = await create('vdc', { project: project.id, hypervisor: 'vmware' })
    expect(vdc.row).toMatchObject({ project: { id: project.id, name: 'Вручную' }, hypervisor: { type: 'vmware' } })
    for (const dataset of ['network', 'router', 'disk', 'vm']) {
      const made = await create(dataset, { vdc: vdc.id, name: `${dataset} вручную` })
      expect(made.row).toMatchObject({ id: made.id, name: `${dataset} вручную`, vdc: { id: vdc.id } })
    }
    const port = await create('port', { vdc: vdc.id })
    expect((await stateOf(demo))['port']?.find((one) => one.id === port.id)).toMatchObject({ vdc: vdc.id, vm: null })
    const second = await demo.control('/mutate', { op: 'create', dataset: 'router', fields: { vdc: vdc.id } })
    expect(second.status).toBe(409)
    const lists = await listsOf(demo)
    expectWhole(lists)
    expectNested(lists)
    await expectStatistics(demo, lists)
  })
})

describe('the whole state', () => {
  it('has every row of the lists with the ids of its parents', async () => {
    const demo = await ownDemo({ pageSize: 1000, clients: 60 })
    const state = await stateOf(demo)
    const lists = await listsOf(demo)
    const few = (await demo.control('/state?only=vm,disk')).json<State>()
    expect([few['vm'], few['disk'], few['client']]).toEqual([state['vm'], state['disk'], undefined])
    for (const name of LISTS) expect([name, ids(state[name]).sort()]).toEqual([name, ids(lists[name]).sort()])
    for (const [dataset, field, parent] of [
      ['project', 'client', 'client'],
      ['vdc', 'project', 'project'],
      ['vm', 'vdc', 'vdc'],
      ['disk', 'vdc', 'vdc'],
      ['port', 'vdc', 'vdc'],
      ['network', 'vdc', 'vdc'],
      ['router', 'vdc', 'vdc'],
      ['limit', 'client', 'client'],
      ['limit', 'hypervisor', 'hypervisor'],
      ['client', 'contract', 'contract'],
      ['contract', 'plan', 'billing_plan'],
    ] as const) {
      const parents = new Set(ids(state[parent]))
      expect((state[dataset] ?? []).length).toBeGreaterThan(0)
      for (const row of state[dataset] ?? []) expect([dataset, field, parents.has(String(row[field]))]).toEqual([dataset, field, true])
    }
    const balances = new Map(lists.client.map((one) => [(one['contract'] as Ref).id, (one['contract'] as { balance: number }).balance]))
    for (const contract of state['contract'] ?? [])
      if (contract['client'] !== null) expect(contract['balance']).toBe(balances.get(contract.id))
  })
})

describe('a platform restored from a backup', () => {
  it('has the rows, ids and texts of then, and gives no id of the time between again', async () => {
    const demo = await ownDemo()
    const [client] = await demo.all<Ref>('/v1/client')
    const path = `/v1/client/${client?.id ?? ''}/note`
    const note = (await demo.api(path, { method: 'POST', body: { text: 'До копии' } })).json<Ref>()
    const before = await stateOf(demo)
    const statistics = await demo.all('/v1/statistics')
    expect((await demo.control('/snapshot', undefined, 'POST')).status).toBe(200)
    await demo.api(`/v1/note/${note.id}`, { method: 'PUT', body: { text: 'После копии' } })
    const lost = (await change(demo, 80, 1)).filter((it) => it.op === 'create').map((it) => it.id)
    const [vm] = await demo.all<Ref>('/v1/vm')
    await demo.api(`/v1/vm/${vm?.id ?? ''}/state`, { method: 'POST', body: { state: 'reboot' } })
    expect((await demo.control('/restore', undefined, 'POST')).status).toBe(200)
    expect(await stateOf(demo)).toEqual(before)
    expect(await demo.all('/v1/statistics')).toEqual(statistics)
    expect((await demo.api(`/v1/note/${note.id}`)).json()).toMatchObject({ text: 'До копии' })
    const again = (await change(demo, 80, 1)).filter((it) => it.op === 'create').map((it) => it.id)
    expect(again.filter((id) => lost.includes(id))).toEqual([])
    expect((await demo.control('/restore', { name: 'another' })).status).toBe(404)
    expect((await demo.control('/snapshot', { name: 'no"name' })).status).toBe(400)
  })
})
