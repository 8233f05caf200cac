import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemo, type Demo, type Page } from './demo-support'

/** Every KNOWN object, key by key: nothing is missing in it and nothing is invented. `a.b` is the keys of what stands in `a`. */
type Body = Record<string, unknown>

const NAMED = 'id name'
const HYPERVISOR = 'id name type'
const POOL = 'id name type position icon'
const VDC = 'id name hypervisor'
const PROFILE = 'id name max_disk_size position enabled billing_class'
const SERVICE = 'id name sku_mask measure'
const PORT = 'id ctime network ip_address fw_templates connected router locked job_id type enable_security'
const SERVER =
  'id ctime locked job_id name hostname description cpu ram power vdc template platform hotadd_feature snapshots kubernetes has_metrics disks ports floating cdrom tags affinity_groups'
const TEMPLATE =
  'id name before_deploy_text after_deploy_text group vdc vm_internal_id enabled is_windows hypervisor_type icon min_cpu min_ram min_hdd position'
const CONTRACT = 'id name balance counterparty_left counterparty_right inactive is_new billing_plan'

const SHAPES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  client: [
    [
      '',
      'id ctime name projects contact_emails partner internet lan allowed_hypervisors payment_model payment_methods billing_enabled contract',
    ],
    ['contact_emails', 'id username email phone'],
    ['partner', NAMED],
    ['allowed_hypervisors', POOL],
    ['contract', CONTRACT],
    ['contract.counterparty_left', 'id name entity'],
    ['contract.counterparty_right', 'id name entity'],
    ['contract.billing_plan', 'id name contracts'],
  ],
  project: [
    ['', 'id name locked tags client vdc s3_storages dns'],
    ['client', 'id name contract internet allowed_hypervisors payment_methods payment_model'],
    ['client.contract', 'id name balance'],
    ['client.allowed_hypervisors', POOL],
    ['vdc', VDC],
    ['vdc.hypervisor', HYPERVISOR],
  ],
  vdc: [
    ['', 'id ctime locked job_id name project hypervisor tags paas'],
    ['project', NAMED],
    ['hypervisor', HYPERVISOR],
  ],
  vm: [
    ['', SERVER],
    ['vdc', VDC],
    ['template', 'id name before_deploy_text after_deploy_text icon'],
    ['platform', 'id name hypervisor'],
    ['platform.hypervisor', POOL],
    ['disks', 'id name size scsi is_root locked job_id has_snapshot storage_profile'],
    ['disks.storage_profile', PROFILE],
    ['ports', PORT],
    ['ports.network', 'id name external'],
    ['ports.connected', 'id type name vdc'],
    ['ports.connected.vdc', VDC],
    ['floating', 'id ip_address'],
  ],
  disk: [
    ['', 'id name size is_root scsi device has_snapshot locked job_id external_id storage_profile vm vdc tags'],
    ['storage_profile', PROFILE],
    ['storage_profile.billing_class', SERVICE],
    ['vm', 'id name cpu ram power platform'],
    ['vdc', VDC],
  ],
  storage_profile: [
    ['', PROFILE],
    ['billing_class', SERVICE],
  ],
  network: [
    ['', 'id locked job_id vdc name external_name external is_default mtu zone vnid subnets tags'],
    ['zone', 'id name segment_type'],
    ['subnets', 'id cidr ip_version gateway start_ip end_ip enable_dhcp subnet_routes dns_servers'],
  ],
  router: [
    ['', 'id name is_default connlimit floating locked job_id port_forwardings firewall_rules routes vdc ports tags'],
    ['floating', 'id ip_address'],
    ['ports', PORT],
    ['ports.connected', 'id type name vdc'],
    ['ports.router', 'id name is_default locked'],
  ],
  port: [
    ['network', 'id name external'],
    ['connected', 'id type name vdc'],
    ['connected.vdc', VDC],
    ['router', 'id name is_default locked'],
  ],
  platform: [
    ['', 'id name hypervisor'],
    ['hypervisor', POOL],
  ],
  template: [
    ['', TEMPLATE],
    ['group', 'id description name position system icon'],
  ],
}

/** All objects at a path, through lists; what is not there is left out. */
function at(value: unknown, path: string): Body[] {
  const many = Array.isArray(value) ? value : [value]
  const objects = many.filter((one): one is Body => typeof one === 'object' && one !== null)
  if (path === '') return objects
  const [first = '', ...rest] = path.split('.')
  return objects.flatMap((one) => at(one[first], rest.join('.')))
}

const keysOf = (objects: readonly Body[]) => [...new Set(objects.map((one) => Object.keys(one).sort().join(' ')))]
const words = (text: string) => text.split(' ').sort().join(' ')

let demo: Demo
beforeAll(async () => {
  demo = await startDemo({ clients: 60, pageSize: 1000 })
})
afterAll(() => demo.close())

async function rowsOf(path: string): Promise<Body[]> {
  const body: Body[] | Page<Body> = (await demo.api(path)).json()
  return Array.isArray(body) ? body : body.items
}

describe.each(Object.entries(SHAPES))('%s', (name, shape) => {
  it('has the published keys and no others', async () => {
    const rows = await rowsOf(`/v1/${name}`)
    for (const [path, keys] of shape) expect([path, keysOf(at(rows, path))]).toEqual([path, [words(keys)]])
  })
})

describe('ports', () => {
  const PLACED = { vm_int: 'vm', vm_fip: 'vm', router_int: 'router', router_ext: 'router', orphan_int: null, orphan_ext: null } as const

  it('have no data centre but that of what they are connected to; a free public address has its own', async () => {
    const ports = await rowsOf('/v1/port')
    expect(new Set(ports.map((port) => port['type']))).toEqual(new Set(Object.keys(PLACED)))
    for (const port of ports) {
      const type = port['type'] as keyof typeof PLACED
      const own = type === 'orphan_ext' ? [...PORT.split(' '), 'vdc'] : PORT.split(' ')
      expect(Object.keys(port).sort()).toEqual(own.sort())
      expect((port['connected'] as Body | null)?.['type'] ?? null).toBe(PLACED[type])
      expect(port['router'] === null).toBe(PLACED[type] !== 'router')
      expect((port['network'] as Body)['external']).toBe(/_(ext|fip)$/.test(type))
    }
  })

  it('stand in servers and routers as they stand in the list', async () => {
    const ports = new Map((await rowsOf('/v1/port')).map((port) => [port['id'], port]))
    const nested = [...(await rowsOf('/v1/vm')), ...(await rowsOf('/v1/router'))].flatMap((owner) => at(owner, 'ports'))
    expect(nested.length).toBeGreaterThan(100)
    for (const port of nested) expect(port).toEqual(ports.get(port['id']))
  })

  it('are in a network of the data centre that they are found in', async () => {
    const networks = new Map((await rowsOf('/v1/network')).map((network) => [network['id'], (network['vdc'] as Body)['id']]))
    for (const port of await rowsOf('/v1/port')) {
      const vdc = (port['connected'] as { vdc: Body } | null)?.vdc['id']
      const place = networks.get((port['network'] as Body)['id'])
      if (vdc !== undefined && place !== undefined) expect(vdc).toBe(place)
    }
  })
})

describe('what is seen only alone', () => {
  it('is the metadata of a server, the scripts of a template, the flags of a project', async () => {
    for (const [name, keys] of [
      ['vm', `${SERVER} metadata`],
      ['template', `${TEMPLATE} metadata_script devops_script`],
      ['project', 'id name locked tags client vdc s3_storages dns dnsaas_feature s3_feature'],
    ] as const) {
      const [row] = await rowsOf(`/v1/${name}`)
      const alone = (await demo.api(`/v1/${name}/${String(row?.['id'])}`)).json()
      expect([name, keysOf([alone])]).toEqual([name, [words(keys)]])
    }
  })

  it('is a user, a public key', async () => {
    const me = (await demo.api('/v1/account/me')).json()
    expect(Object.keys(me).slice(0, 6)).toEqual(['id', 'login', 'username', 'email', 'phone', 'domain'])
    expect([keysOf(at(me, 'domain')), keysOf(at(me, 'domain.aliases'))]).toEqual([['aliases id name'], ['alias id']])
    expect(keysOf(await rowsOf('/v1/account/me/key'))).toEqual([words('id name public_key fingerprint')])
  })
})

describe('what nobody has ordered', () => {
  it('is answered with empty lists', async () => {
    const lists = 'firewall backup backup/log image dns s3_storage kubernetes lbaas paas paas_service port_forwarding affinity_group'
    for (const name of lists.split(' '))
      expect([name, (await demo.api(`/v1/${name}?sort=-ctime`)).json()]).toEqual([name, { items: [], total: 0, limit: 1000 }])
    expect((await demo.api('/v1/kubernetes_template')).json()).toEqual({ items: [], total: 0, limit: 100 })
    expect((await demo.api('/v1/paas_template')).json()).toEqual({ items: [], total: 0, limit: 1 })
    const [template] = await rowsOf('/v1/template')
    expect((await demo.api(`/v1/template/${String(template?.['id'])}/field`)).json()).toEqual([])
  })

  it('lists the templates of the hypervisor of a data centre', async () => {
    for (const vdc of (await rowsOf('/v1/vdc')).slice(0, 8)) {
      const type = (vdc['hypervisor'] as Body)['type']
      const templates = await rowsOf(`/v1/template?vdc=${String(vdc['id'])}`)
      expect(templates.length).toBeGreaterThan(3)
      expect(new Set(templates.map((one) => one['hypervisor_type']))).toEqual(new Set([type]))
    }
  })
})
