import { describe, expect, it } from 'vitest'
import { ownDemo, type Demo, type Page } from './demo-support'

interface Limit {
  id: string
  type: string
  value: number
  hypervisor: { id: string; type: string }
}
interface Client {
  id: string
  partner: { id: string }
  allowed_hypervisors: { id: string; type: string }[]
}

const clientOf = async (demo: Demo): Promise<Client> => (await demo.api('/v1/client')).json<Page<Client>>().items[0] as Client
/** A client without limits, and the place where they are written. */
const bare = async (demo: Demo) => {
  const client = await clientOf(demo)
  const path = `/v1/client/${client.id}/limit`
  for (const { id } of await demo.all<Limit>(path)) await demo.api(`${path}/${id}`, { method: 'DELETE' })
  const hypervisor = client.allowed_hypervisors[0]?.id ?? ''
  const post = (body: object) => demo.api(path, { method: 'POST', body, headers: { 'accept-language': 'en' } })
  return { client, path, hypervisor, post }
}

describe('limits of a client on the demo platform', () => {
  it('live through adding, changing and taking away', async () => {
    const demo = await ownDemo()
    const { path, hypervisor, post } = await bare(demo)
    expect(await demo.all(path)).toEqual([])
    const made = await post({ hypervisor, type: 'vm', value: 2 })
    const limit = made.json<Limit>()
    expect([made.status, limit]).toMatchObject([201, { type: 'vm', value: 2, hypervisor: { id: hypervisor } }])
    const changed = await demo.api(`${path}/${limit.id}`, { method: 'PUT', body: { value: 0 } })
    expect([changed.status, changed.json()]).toEqual([200, { ...limit, value: 0 }])
    expect(await demo.all(path)).toEqual([{ ...limit, value: 0 }])
    expect((await demo.api(`${path}/${limit.id}`, { method: 'DELETE' })).status).toBe(204)
    expect(await demo.all(path)).toEqual([])
    expect((await demo.api(`${path}/${limit.id}`)).status).toBe(404)
  })

  it.each([
    [{ type: 'vm', value: 1.5 }, { value: ['A valid integer is required.'] }],
    [{ type: 'vm', value: '7' }, { value: ['A valid integer is required.'] }],
    [{ type: 'vm', value: -1 }, { value: ['Ensure this value is greater than or equal to 0.'] }],
    [{ type: 'vm', value: null }, { value: ['This field may not be null.'] }],
    [{ type: 'tape', value: 1 }, { type: ['"tape" is not a valid choice.'] }],
    [{}, { type: ['This field is required.'], value: ['This field is required.'] }],
  ])('refuses %j by its fields', async (body, complaint) => {
    const { post, hypervisor } = await bare(await ownDemo())
    const refused = await post({ hypervisor, ...body })
    expect([refused.status, refused.json()]).toEqual([400, complaint])
  })

  it('refuses a hypervisor that is not open, and a second limit for the same', async () => {
    const demo = await ownDemo()
    const { hypervisor, post } = await bare(demo)
    expect((await post({ hypervisor: 'other', type: 'vm', value: 1 })).json()).toEqual({ hypervisor: ['"other" is not a valid choice.'] })
    expect((await post({ hypervisor, type: 'vm', value: 1 })).status).toBe(201)
    const twice = await post({ hypervisor, type: 'vm', value: 2 })
    expect([twice.status, twice.json()]).toMatchObject([400, { non_field_errors: [expect.stringContaining('unique')] }])
  })

  it("refuses what is more than the partner's own limit, on adding and on changing", async () => {
    const demo = await ownDemo()
    const { client, path, hypervisor, post } = await bare(demo)
    const own = (await demo.all<Limit>(`/v1/partner/${client.partner.id}/limit`)).find(
      (one) => one.type === 'vm' && one.hypervisor.id === hypervisor,
    )
    const most = own?.value ?? 0
    expect((await post({ hypervisor, type: 'vm', value: most + 1 })).json()).toMatchObject({ error_alias: ['limit_exceeded'] })
    const limit = (await post({ hypervisor, type: 'vm', value: most })).json<Limit>()
    const more = await demo.api(`${path}/${limit.id}`, { method: 'PUT', body: { value: most + 1 } })
    expect([more.status, more.json()]).toMatchObject([409, { error_alias: ['limit_exceeded'] }])
    expect(await demo.all(path)).toEqual([limit])
  })

  it("knows the limits of one client only by that client, and takes no change of a partner's", async () => {
    const demo = await ownDemo()
    const { client, hypervisor, post } = await bare(demo)
    const limit = (await post({ hypervisor, type: 'vm', value: 1 })).json<Limit>()
    const other = (await demo.api('/v1/client')).json<Page<Client>>().items[1]?.id ?? ''
    expect((await demo.api(`/v1/client/${other}/limit/${limit.id}`, { method: 'DELETE' })).status).toBe(404)
    expect((await demo.api('/v1/client/nobody/limit', { method: 'POST', body: {} })).status).toBe(404)
    expect((await demo.api(`/v1/partner/${client.partner.id}/limit`, { method: 'POST', body: {} })).status).toBe(405)
  })
})

describe('a job of the demo platform that fails', () => {
  it('stays with its error, frees the server and has done nothing', async () => {
    const demo = await ownDemo()
    const [server] = (await demo.api('/v1/vm')).json<Page<{ id: string; power: boolean }>>().items
    const path = `/v1/vm/${server?.id ?? ''}`
    await demo.control('/jobs', { failing: 1, ms: 30 })
    const order = () => demo.api(`${path}/state`, { method: 'POST', body: { state: server?.power === true ? 'power_off' : 'power_on' } })
    const job = (await order()).headers.get('x-esu-tasks') ?? ''
    expect((await demo.api(`/v1/job/${job}`)).json()).toMatchObject({ status: 'running' })
    await expect.poll(async () => (await demo.api(`/v1/job/${job}`)).json()).toMatchObject({ status: 'error' })
    expect((await demo.api(path)).json()).toMatchObject({ power: server?.power, locked: false, job_id: null })
    const second = (await order()).headers.get('x-esu-tasks') ?? ''
    await expect.poll(async () => (await demo.api(`/v1/job/${second}`)).status).toBe(404)
    expect((await demo.api(path)).json()).toMatchObject({ power: server?.power !== true })
  })
})
