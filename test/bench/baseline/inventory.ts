import { clientRow, clientTable, contractRow, contractTable, type BaselineClient, type BaselineContract } from './clients'
import { fold } from './search-text'
import type { BaselineRow, BaselineTable } from './upsert'

/** How a list's items become rows, read straight from the platform's JSON. Nothing is checked: that is the point. */
export interface BareList {
  path: string
  table: BaselineTable
  row: (item: Item) => BaselineRow
}
interface Named {
  id: string
  name: string
}
interface Hypervisor extends Named {
  type: string
}
interface Profile extends Named {
  billing_class: Named & { measure: string }
}
type Party = Named & { entity: string }
interface RawContract extends Named {
  ctime?: string
  balance: number
  billing_plan: Named
  counterparty_left: Party
  counterparty_right: Party | null
  inactive: boolean
  is_new: boolean
}
/** Everything that any of the lists sends, as if each did: a baseline trusts what it reads. */
export interface Item extends RawContract, Profile {
  ctime: string
  contracts: number
  partner: Named
  contract: RawContract | null
  projects: number
  internet: number
  lan: number
  payment_model: string
  payment_methods: string[]
  billing_enabled: boolean
  allowed_hypervisors: Hypervisor[]
  contact_emails: { id: string; username: string | null; email: string | null }[]
  client: Named
  project: Named
  hypervisor: Hypervisor
  vdc: Named
  vm: Named | null
  template: Named
  hostname: string
  cpu: number
  ram: number
  power: boolean
  locked: boolean
  size: number
  is_root: boolean
  storage_profile: Profile
  type: string
  ip_address: string | null
  connected: { vdc: Named } | null
  login: string
  username: string | null
  email: string | null
  phone: string | null
  domain: Named
  is_active: boolean
  is_blocked: boolean
  objects: Party[]
}

const at = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(`${text.slice(0, 23)}Z`))
/** A port has a data centre of its own only where nothing is connected to it. */
const placeOf = ({ connected, vdc }: Partial<Pick<Item, 'connected' | 'vdc'>>): string | null => (connected?.vdc ?? vdc)?.id ?? null
const bit = (value: boolean | undefined): number | null => (value === undefined ? null : Number(value))
const table = (name: string, dataset: string, columns: string): BaselineTable => ({ table: name, dataset, columns: columns.split(' ') })

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '))
/** What has a column of its own, or is kept by nobody; everything else is stored as it came. */
const KNOWN = {
  plan: names('id name ctime contracts'),
  project: names('id name client locked vdc s3_storages dns'),
  vdc: names('id name ctime project job_id locked'),
  profile: names('id name'),
  server: names('id name hostname ctime vdc cpu ram power locked template job_id disks ports metadata cdrom affinity_groups'),
  disk: names('id name vdc vm size is_root job_id locked'),
  network: names('id name vdc job_id locked'),
  router: names('id name vdc job_id locked ports'),
  port: names('id vdc connected type ip_address job_id locked'),
  account: names('id login username email phone domain ctime is_active is_blocked objects'),
}
const rest = (item: object, known: ReadonlySet<string>): string => {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(item)) if (!known.has(name)) kept[name] = value
  return JSON.stringify(kept)
}

const client = (it: Item): BaselineClient => ({
  id: it.id,
  name: it.name,
  createdAt: at(it.ctime),
  partner: it.partner,
  contractId: it.contract?.id ?? null,
  projects: it.projects,
  internetMbit: it.internet,
  lanMbit: it.lan,
  paymentModel: it.payment_model,
  paymentMethods: it.payment_methods,
  billingEnabled: it.billing_enabled,
  hypervisors: it.allowed_hypervisors.map((one) => ({ id: one.id, name: one.name, type: one.type })),
  contacts: it.contact_emails,
  extra: {},
})
const contract = (it: RawContract): BaselineContract => ({
  id: it.id,
  name: it.name,
  createdAt: at(it.ctime),
  balance: { minor: Math.round(it.balance * 100), currency: 'RUB' },
  plan: it.billing_plan,
  left: it.counterparty_left,
  right: it.counterparty_right,
  inactive: it.inactive,
  isNew: it.is_new,
  extra: {},
})

/** In the order in which a row's parents come before it. */
export const lists: BareList[] = [
  {
    path: 'billing_plan',
    table: table('tariff_plan', 'tariff_plans', 'name name_folded created_at contracts'),
    row: (it) => ({
      id: it.id,
      clientId: null,
      cells: [it.name, fold(it.name), at(it.ctime), it.contracts, rest(it, KNOWN.plan)],
      search: { kind: 'tariff_plan', clientId: null, text: it.name },
    }),
  },
  { path: 'contract', table: contractTable, row: (it) => contractRow(contract(it)) },
  { path: 'client', table: clientTable, row: (it) => clientRow(client(it), it.contract?.name ?? '') },
  {
    path: 'project',
    table: table('project', 'projects', 'name client_id locked'),
    row: (it) => ({ id: it.id, clientId: it.client.id, cells: [it.name, it.client.id, bit(it.locked), rest(it, KNOWN.project)] }),
  },
  {
    path: 'vdc',
    table: table('vdc', 'vdcs', 'name created_at project_id hypervisor_id hypervisor_name hypervisor_type'),
    row: ({ hypervisor, ...it }) => ({
      id: it.id,
      clientId: null,
      cells: [it.name, at(it.ctime), it.project.id, hypervisor.id, hypervisor.name, hypervisor.type, rest(it, KNOWN.vdc)],
    }),
  },
  {
    path: 'storage_profile',
    table: table('storage_profile', 'storage_profiles', 'name billing_class_id billing_class_name measure'),
    row: ({ billing_class: service, ...it }) => ({
      id: it.id,
      clientId: null,
      cells: [it.name, service.id, service.name, service.measure, rest(it, KNOWN.profile)],
    }),
  },
  {
    path: 'vm',
    table: table('server', 'servers', 'name name_folded hostname created_at vdc_id cpu ram_gb power locked template_name'),
    row: (it) => ({
      id: it.id,
      clientId: null,
      cells: [
        ...[it.name, fold(it.name), it.hostname, at(it.ctime), it.vdc.id, it.cpu, it.ram, bit(it.power), bit(it.locked), it.template.name],
        rest(it, KNOWN.server),
      ],
      search: { kind: 'server', clientId: null, text: `${it.name} ${it.hostname}` },
    }),
  },
  {
    path: 'disk',
    table: table('disk', 'disks', 'name vdc_id server_id size_gb is_root storage_profile_id storage_profile_name billing_class_id'),
    row: ({ storage_profile: profile, ...it }) => ({
      id: it.id,
      clientId: null,
      cells: [
        ...[it.name, it.vdc.id, it.vm?.id ?? null, it.size, bit(it.is_root), profile.id, profile.name, profile.billing_class.id],
        rest(it, KNOWN.disk),
      ],
    }),
  },
  {
    path: 'network',
    table: table('network', 'networks', 'name vdc_id'),
    row: (it) => ({ id: it.id, clientId: null, cells: [it.name, it.vdc.id, rest(it, KNOWN.network)] }),
  },
  {
    path: 'router',
    table: table('router', 'routers', 'name vdc_id'),
    row: (it) => ({ id: it.id, clientId: null, cells: [it.name, it.vdc.id, rest(it, KNOWN.router)] }),
  },
  {
    path: 'port',
    table: table('port', 'ports', 'vdc_id type ip external'),
    row: (it) => ({
      id: it.id,
      clientId: null,
      cells: [placeOf(it), it.type, it.ip_address, Number(/_(ext|fip)$/.test(it.type)), rest(it, KNOWN.port)],
    }),
  },
  {
    path: 'account',
    table: table('account', 'accounts', 'login login_folded username email phone domain created_at active blocked objects'),
    row: (it) => {
      const clientId = it.objects.find((one) => one.entity === 'client')?.id ?? null
      const cells = [
        it.login,
        fold(it.login),
        it.username,
        it.email,
        it.phone,
        it.domain.name,
        at(it.ctime),
        bit(it.is_active),
        bit(it.is_blocked),
      ]
      return {
        id: it.id,
        clientId,
        cells: [...cells, JSON.stringify(it.objects), rest(it, KNOWN.account)],
        search: { kind: 'account', clientId, text: `${it.login} ${it.username ?? ''} ${it.email === it.login ? '' : (it.email ?? '')}` },
      }
    },
  },
]
