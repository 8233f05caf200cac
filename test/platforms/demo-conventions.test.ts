import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownDemo, startDemo, type Demo, type Page } from './demo-support'

interface Row {
  id: string
  ctime: string
  name: string
}

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.close())

const sorted = (values: readonly string[]) => [...values].sort()

describe('lists', () => {
  it('has ten rows a page, the newest first, and every row once', async () => {
    const first = (await demo.api('/v1/client')).json<Page<Row>>()
    expect(first).toMatchObject({ total: 30, limit: 10 })
    const times = (await demo.all<Row>('/v1/client')).map((row) => row.ctime)
    expect(times).toEqual(sorted(times).reverse())
    const ids = (await demo.all<Row>('/v1/vm')).map((row) => row.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('honours sort by time in both directions, also where the order is scattered', async () => {
    const up = (await demo.all<Row>('/v1/vm?sort=ctime')).map((row) => row.ctime)
    expect(up).toEqual(sorted(up))
    expect((await demo.all<Row>('/v1/vm?sort=-ctime')).map((row) => row.ctime)).toEqual([...up].reverse())
    const ports = (await demo.all<Row>('/v1/port?sort=ctime')).map((row) => row.ctime)
    expect(ports).toEqual(sorted(ports))
    expect((await demo.all<Row>('/v1/port')).map((row) => row.ctime)).not.toEqual(ports)
  })

  it('ignores a sort by what its objects do not show', async () => {
    const disks = await demo.all<Row>('/v1/disk')
    for (const sort of ['ctime', '-ctime', 'price']) expect(await demo.all('/v1/disk?sort=' + sort)).toEqual(disks)
    expect(sorted(disks.map((row) => row.id))).toEqual(disks.map((row) => row.id))
  })

  it('answers 404 past the end, and page 1 of an empty list', async () => {
    const past = await demo.api('/v1/client?page=4')
    expect(past.status).toBe(404)
    expect(past.json()).toEqual({ non_field_errors: ['That page contains no results - 4'] })
    expect((await demo.api('/v1/client?name=нет-такого-клиента')).json()).toEqual({ items: [], total: 0, limit: 10 })
    const none = await demo.api('/v1/client?name=нет-такого-клиента&page=2')
    expect(none.json()).toEqual({ non_field_errors: ['That page contains no results - 2'] })
  })

  it('filters by field names and by a part of the name in any case', async () => {
    const [project] = await demo.all<Row & { client: Row }>('/v1/project')
    const own = await demo.all<{ client: Row }>(`/v1/project?client=${project?.client.id ?? ''}`)
    expect(own.every((row) => row.client.id === project?.client.id)).toBe(true)
    const outside = await demo.all<{ type: string }>('/v1/port?filter_type=external')
    expect(outside.every((port) => ['vm_fip', 'router_ext', 'orphan_ext'].includes(port.type))).toBe(true)
    const part = project?.client.name.slice(1, 8).toUpperCase() ?? ''
    const named = await demo.all<Row>(`/v1/client?name=${encodeURIComponent(part)}`)
    expect(named.map((row) => row.id)).toContain(project?.client.id)
  })

  it('sends some directories unpaged', async () => {
    for (const path of ['/v1/platform', '/v1/template']) expect((await demo.api(path)).json<unknown[]>()).toBeInstanceOf(Array)
  })
})

describe('bodies', () => {
  it('has naive times with microseconds, money as numbers and the documented fields', async () => {
    const [client] = (await demo.api('/v1/client')).json<Page>().items
    expect(client?.['ctime']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/)
    const fields =
      'id ctime name projects contact_emails partner internet lan allowed_hypervisors payment_model payment_methods billing_enabled contract'
    expect(Object.keys(client ?? {})).toEqual(fields.split(' '))
    const contract = client?.['contract'] as { balance: unknown; billing_plan: { contracts: unknown } }
    expect(typeof contract.balance).toBe('number')
    expect(typeof contract.billing_plan.contracts).toBe('number')
    expect((await demo.api('/v1/client')).text).not.toContain('\\u0000')
  })

  it('shows the same row in the list and alone, two more flags on a single project, the metadata on a single server', async () => {
    const [disk] = (await demo.api('/v1/disk')).json<Page<Row>>().items
    expect((await demo.api(`/v1/disk/${disk?.id ?? ''}`)).json()).toEqual(disk)
    const [vm] = (await demo.api('/v1/vm')).json<Page<Row>>().items
    expect((await demo.api(`/v1/vm/${vm?.id ?? ''}`)).json()).toEqual({ ...vm, metadata: [] })
    const [project] = (await demo.api('/v1/project')).json<Page<Row>>().items
    const alone = (await demo.api(`/v1/project/${project?.id ?? ''}`)).json()
    expect(alone).toEqual({ ...project, dnsaas_feature: false, s3_feature: false })
  })
})

describe('refusals', () => {
  it('asks for a token, in the language of the request', async () => {
    const none = await demo.api('/v1/client', { token: null })
    expect([none.status, none.json()]).toEqual([401, { detail: 'Authentication credentials were not provided.' }])
    const wrong = await demo.api('/v1/client', { token: '0'.repeat(40), headers: { 'accept-language': 'ru-ru' } })
    expect([wrong.status, wrong.json()]).toEqual([401, { detail: 'Недопустимый токен.' }])
    expect(demo.platform.token).toMatch(/^[0-9a-f]{40}$/)
  })

  it('knows the two forms of "not found", and a page for unknown addresses', async () => {
    const none = '11111111-1111-4111-8111-111111111111'
    const single = 'account client project vdc vm disk network router port storage_profile platform template image backup dns lbaas job'
    for (const name of single.split(' ')) {
      const answer = await demo.api(`/v1/${name}/${none}`)
      expect([name, answer.status, answer.json()]).toEqual([name, 404, { detail: 'Not found.' }])
    }
    const [router] = (await demo.api('/v1/router')).json<Page<Row>>().items
    for (const path of [`/v1/router/${router?.id ?? ''}/route/${none}`, `/v1/port_forwarding/${none}`])
      expect((await demo.api(path)).json()).toEqual({ non_field_errors: ['Not found'] })
    const swagger = await demo.api('/swagger/?format=openapi', { token: null })
    expect([swagger.status, swagger.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    expect((await demo.api('/v1/client/')).status).toBe(404)
  })

  it('tells the allowed methods, describes fields, and tells 403 from 405', async () => {
    const options = await demo.api('/v1/client', { method: 'OPTIONS' })
    expect(options.headers.get('allow')).toBe('GET, POST, HEAD, OPTIONS')
    expect(options.json()).toMatchObject({ actions: { POST: { name: { type: 'string', required: true, read_only: false } } } })
    const [client] = (await demo.api('/v1/client')).json<Page<Row>>().items
    const item = await demo.api(`/v1/client/${client?.id ?? ''}`)
    expect(item.headers.get('allow')).toBe('GET, PUT, PATCH, DELETE, HEAD, OPTIONS')
    const head = await demo.api('/v1/client', { method: 'HEAD' })
    expect([head.status, head.text]).toEqual([200, ''])
    expect((await demo.api('/v1/client', { method: 'POST', body: { name: 'x' } })).status).toBe(403)
    const wrong = await demo.api('/v1/client', { method: 'DELETE' })
    expect([wrong.status, wrong.json()]).toEqual([405, { detail: 'Method "DELETE" not allowed.' }])
    expect((await demo.api('/v1/client', { method: 'POST', body: '{' })).status).toBe(400)
  })
})

describe('work that takes a while', () => {
  it('locks a server, refuses a second order, and forgets the job when it is done', async () => {
    const own = await ownDemo({ jobMs: 120 })
    const [vm] = (await own.api('/v1/vm')).json<Page<Row & { power: boolean }>>().items
    const path = `/v1/vm/${vm?.id ?? ''}`
    const power = vm?.power === false
    const body = { state: power ? 'power_on' : 'power_off' }
    const started = await own.api(`${path}/state`, { method: 'POST', body })
    const job = started.headers.get('x-esu-tasks') ?? ''
    expect([started.status, started.text]).toEqual([204, ''])
    expect((await own.api(path)).json()).toMatchObject({ locked: true, job_id: job })
    expect((await own.api(`/v1/job/${job}`)).json()).toMatchObject({ status: 'running' })
    const again = await own.api(`${path}/state`, { method: 'POST', body })
    expect([again.status, again.json()]).toMatchObject([
      409,
      { error_alias: ['object_locked'], non_field_errors: [expect.any(String)], details: [{ id: vm?.id }] },
    ])
    await expect.poll(async () => (await own.api(`/v1/job/${job}`)).status).toBe(404)
    expect((await own.api(path)).json()).toMatchObject({ locked: false, job_id: null, power })
  })

  it('reboots a server as it is, and refuses an order that it does not know', async () => {
    const own = await ownDemo({ jobMs: 80 })
    const [vm] = (await own.api('/v1/vm')).json<Page<Row & { power: boolean }>>().items
    const path = `/v1/vm/${vm?.id ?? ''}`
    const order = (body: object, id = vm?.id ?? '') =>
      own.api(`/v1/vm/${id}/state`, { method: 'POST', body, headers: { 'accept-language': 'en' } })
    for (const [body, why] of [
      [{ state: 'explode' }, '"explode" is not a valid choice.'],
      [{ power: true }, 'This field is required.'],
      [{ state: true }, '"true" is not a valid choice.'],
    ] as const) {
      const refused = await order(body)
      expect([refused.status, refused.json()]).toEqual([400, { state: [why] }])
    }
    expect((await order({ state: 'reboot' }, '11111111-1111-4111-8111-111111111111')).status).toBe(404)
    const started = await order({ state: 'reboot' })
    expect((await own.api(`/v1/job/${started.headers.get('x-esu-tasks') ?? ''}`)).json()).toEqual({ status: 'running', name: 'vm_reboot' })
    await expect.poll(async () => (await own.api(path)).json()).toMatchObject({ locked: false, power: vm?.power })
  })

  it('makes and removes a data centre by a job', async () => {
    const own = await ownDemo({ jobMs: 120 })
    const [vdc] = (await own.api('/v1/vdc')).json<Page<{ project: Row; hypervisor: Row }>>().items
    const [project] = await own.all<{ id: string; client: Row }>('/v1/project')
    for (const one of await own.all<Row>(`/v1/client/${project?.client.id ?? ''}/limit`))
      await own.control('/mutate', { op: 'delete', dataset: 'limit', id: one.id })
    const body = { name: 'Новый', project: project?.id, hypervisor: vdc?.hypervisor.id }
    const made = await own.api('/v1/vdc', { method: 'POST', body })
    const job = made.headers.get('x-esu-tasks')
    expect([made.status, made.json()]).toMatchObject([201, { name: 'Новый', locked: true, job_id: job }])
    const path = `/v1/vdc/${made.json<Row>().id}`
    expect((await own.api(path, { method: 'DELETE' })).json()).toMatchObject({ error_alias: ['object_locked'] })
    await expect.poll(async () => (await own.api(path)).json()).toMatchObject({ locked: false, job_id: null })
    const gone = await own.api(path, { method: 'DELETE' })
    const { id, ctime } = made.json<Row>()
    const end = gone.headers.get('x-esu-tasks')
    expect([gone.status, gone.json()]).toEqual([200, { id, ctime, locked: true, job_id: end, name: 'Новый' }])
    expect((await own.api(path)).json()).toMatchObject({ locked: true, job_id: end })
    await expect.poll(async () => (await own.api(path)).status).toBe(404)
    expect((await own.api(`/v1/job/${end ?? ''}`)).status).toBe(404)
  })

  it('refuses what a limit forbids and what would bury servers', async () => {
    const own = await ownDemo()
    const [vm] = (await own.api('/v1/vm')).json<Page<{ vdc: { id: string } }>>().items
    const vdcPath = `/v1/vdc/${vm?.vdc.id ?? ''}`
    expect((await own.api(vdcPath, { method: 'DELETE' })).json()).toMatchObject({ error_alias: ['object_protected'] })
    const vdc = (await own.api(vdcPath)).json<{ project: Row; hypervisor: { id: string; type: string } }>()
    const project = (await own.api(`/v1/project/${vdc.project.id}`)).json<{ client: Row; vdc: Row[] }>()
    for (const one of (await own.all<Row & { type: string }>(`/v1/client/${project.client.id}/limit`)).filter(
      (row) => row.type === 'network',
    ))
      await own.control('/mutate', { op: 'delete', dataset: 'limit', id: one.id })
    const body = { name: 'Новый ВЦОД', project: vdc.project.id, hypervisor: vdc.hypervisor.id }
    expect((await own.api('/v1/vdc', { method: 'POST', body })).status).toBe(201)
    const limit = { client: project.client.id, type: 'network', value: 1, hypervisor: vdc.hypervisor.type }
    await own.control('/mutate', { op: 'create', dataset: 'limit', fields: limit })
    const refused = await own.api('/v1/vdc', { method: 'POST', body })
    expect([refused.status, refused.json()]).toMatchObject([409, { error_alias: ['limit_exceeded'] }])
    expect((await own.api(`/v1/project/${vdc.project.id}`)).json<{ vdc: Row[] }>().vdc).toHaveLength(project.vdc.length + 1)
  })
})

describe('partners', () => {
  it('can be several, each with limits that show every state, and clients of its own', async () => {
    const own = await ownDemo({ partners: 2, pageSize: 500, clients: 120 })
    const partners = await own.all<Row>('/v1/partner')
    const clients = await Promise.all(partners.map((partner) => own.all(`/v1/client?partner=${partner.id}`)))
    expect(partners).toHaveLength(2)
    expect(clients.map((list) => list.length > 20)).toEqual([true, true])
    const limits = await own.all<{ type: string; value: number; hypervisor: { type: string } }>(
      `/v1/partner/${partners[0]?.id ?? ''}/limit`,
    )
    const limit = (type: string) => limits.find((one) => one.type === type && one.hypervisor.type === 'kvm')?.value ?? 0
    const vms = (await own.all<{ cpu: number; vdc: { hypervisor: { type: string } } }>('/v1/vm')).filter(
      (vm) => vm.vdc.hypervisor.type === 'kvm',
    )
    const disks = (await own.all<{ size: number; vdc: { hypervisor: { type: string } } }>('/v1/disk')).filter(
      (disk) => disk.vdc.hypervisor.type === 'kvm',
    )
    expect(vms.reduce((sum, vm) => sum + vm.cpu, 0)).toBe(limit('cpu'))
    expect(disks.reduce((sum, disk) => sum + disk.size, 0)).toBeGreaterThan(limit('volume'))
    expect(vms.length).toBeLessThan(limit('vm') * 0.8)
  })
})

describe('projects and keys', () => {
  it('creates, renames and deletes a project', async () => {
    const own = await ownDemo()
    const [client] = (await own.api('/v1/client')).json<Page<Row & { projects: number }>>().items
    const made = await own.api('/v1/project', { method: 'POST', body: { name: 'Новый', client: client?.id, tags: ['проба'] } })
    const project = made.json<Row>()
    expect([made.status, made.json()]).toMatchObject([
      201,
      { name: 'Новый', client: { id: client?.id }, dnsaas_feature: false, tags: [{ name: 'проба' }] },
    ])
    expect((await own.api(`/v1/client/${client?.id ?? ''}`)).json()).toMatchObject({ projects: (client?.projects ?? 0) + 1 })
    expect((await own.api(`/v1/project/${project.id}`, { method: 'PUT', body: { name: 'Другой' } })).json()).toMatchObject({
      name: 'Другой',
    })
    expect((await own.api(`/v1/project/${project.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await own.api(`/v1/project/${project.id}`)).status).toBe(404)
    expect((await own.api('/v1/project', { method: 'POST', body: { name: ' ' } })).json()).toEqual({
      name: ['This field may not be blank.'],
      client: ['This field is required.'],
    })
  })

  it('keeps the own account and its keys under "me"', async () => {
    const own = await ownDemo()
    const me = (await own.api('/v1/account/me')).json<Row>()
    expect((await own.api(`/v1/account/${me.id}`)).json()).toEqual(me)
    const body = { name: 'Ключ', public_key: 'ssh-ed25519 AAAA' }
    const made = await own.api('/v1/account/me/key', { method: 'POST', body })
    const key = made.json<Row>()
    expect([made.status, made.json()]).toMatchObject([201, body])
    const path = `/v1/account/me/key/${key.id}`
    expect((await own.api(path, { method: 'PUT', body: { ...body, name: 'Другой' } })).json()).toMatchObject({ name: 'Другой' })
    expect((await own.api(path, { method: 'DELETE' })).status).toBe(204)
    expect((await own.api(path)).status).toBe(404)
  })
})
