import { seededRandom, type Random } from '../random'
import { billingClass, type BillingClass } from './nomenclature'

/** What the provider offers to everybody: it has fixed ids per seed and never changes while the demo runs. */
export interface Hypervisor {
  readonly id: string
  readonly name: string
  readonly type: 'kvm' | 'vmware'
}
export interface StorageProfile {
  readonly id: string
  readonly name: string
  readonly max_disk_size: number
  readonly position: number
  readonly enabled: boolean
  readonly billing_class: BillingClass
}
export interface Catalogue {
  readonly hypervisors: readonly Hypervisor[]
  /** Three per hypervisor, slow to fast; the place in this list is the disk class used by the usage figures. */
  readonly storage: readonly StorageProfile[]
  readonly platforms: readonly { id: string; name: string; hypervisor: object }[]
  /** The same systems for each hypervisor. */
  readonly templates: readonly Template[]
  readonly domain: object
  readonly externalNetwork: { readonly id: string; readonly name: string; readonly external: true }
  /** The segment that all networks lie in. */
  readonly zone: object
}

/** As the list has it; the single answer carries two scripts more, a server only five of the fields. */
export interface Template {
  readonly id: string
  readonly name: string
  readonly before_deploy_text: string
  readonly after_deploy_text: string
  readonly group: object
  /** The data centre that its image lies in: a bare id. */
  readonly vdc: string
  readonly vm_internal_id: string
  readonly enabled: boolean
  readonly is_windows: boolean
  readonly hypervisor_type: Hypervisor['type']
  readonly icon: null
  readonly min_cpu: number
  readonly min_ram: number
  readonly min_hdd: number
  readonly position: number
}

export const ZERO_ID = '00000000-0000-0000-0000-000000000000'
export const HYPERVISORS = [
  ['KVM', 'kvm'],
  ['VMware', 'vmware'],
] as const
const STORAGE = [
  ['SATA', 'slow'],
  ['SAS', 'fast'],
  ['SSD', 'ultrafast'],
] as const
export const SYSTEMS = [
  { name: 'Ubuntu 24.04', windows: false, least: [1, 1, 10] },
  { name: 'Debian 12', windows: false, least: [1, 1, 10] },
  { name: 'Astra Linux 1.8', windows: false, least: [1, 2, 20] },
  { name: 'РЕД ОС 8', windows: false, least: [1, 2, 20] },
  { name: 'Windows Server 2022', windows: true, least: [2, 4, 40] },
] as const
const CPUS = [
  ['Intel Xeon Gold 2.6', 0],
  ['Intel Xeon Platinum 3.2', 1],
  ['AMD EPYC 2.8', 0],
] as const

function templatesOf(seed: number, random: Random): Template[] {
  const ids = SYSTEMS.map(() => random.uuid())
  const more = seededRandom(seed, 'templates')
  const [images, group] = [more.uuid(), { id: ZERO_ID, description: '', name: 'default', position: 1, system: true, icon: null }]
  return HYPERVISORS.flatMap(([, type], hypervisor) =>
    SYSTEMS.map(({ name, windows, least: [min_cpu, min_ram, min_hdd] }, at) => ({
      id: hypervisor === 0 ? ids[at]! : more.uuid(),
      name,
      before_deploy_text: '',
      after_deploy_text: '',
      group,
      vdc: images,
      vm_internal_id: `tpl-${type}-${at + 1}`,
      enabled: true,
      is_windows: windows,
      hypervisor_type: type,
      icon: null,
      min_cpu,
      min_ram,
      min_hdd,
      position: at + 1,
    })),
  )
}

/** What a server shows of its template. */
const templateRef = ({ id, name, before_deploy_text, after_deploy_text, icon }: Template) => ({
  id,
  name,
  before_deploy_text,
  after_deploy_text,
  icon,
})

/** How many storage profiles each hypervisor has. */
export const STORAGE_LEVELS = STORAGE.length

export function buildCatalogue(seed: number): Catalogue {
  const random = seededRandom(seed, 'catalogue')
  const hypervisors = HYPERVISORS.map(([name, type]) => ({ id: random.uuid(), name, type }))
  const storage = hypervisors.flatMap(({ name, type }) =>
    STORAGE.map(([title, level], position) => ({
      id: random.uuid(),
      name: `${title} ${name}`,
      max_disk_size: 32768,
      position: position + 1,
      enabled: true,
      billing_class: billingClass(`${type}_hdd_${level}`),
    })),
  )
  const platforms = CPUS.map(([name, at]) => ({
    id: random.uuid(),
    name,
    hypervisor: { ...hypervisors[at]!, position: at + 1, icon: null },
  }))
  const templates = templatesOf(seed, random)
  const domain = { id: ZERO_ID, name: 'default', aliases: [{ id: random.uuid(), alias: 'default' }] }
  const externalNetwork = { id: random.uuid(), name: 'Интернет', external: true } as const
  const zone = { id: seededRandom(seed, 'zone').uuid(), name: 'default', segment_type: 'vxlan' }
  return { hypervisors, storage, platforms, templates, domain, externalNetwork, zone }
}

/** Nested objects that many bodies share are stored as holes; see fragments.ts. */
export function catalogueFragments(catalogue: Catalogue): [string, string][] {
  const named = (prefix: string, list: readonly object[]) =>
    list.map((one, at): [string, string] => [`${prefix}${at}`, JSON.stringify(one)])
  const wide = catalogue.hypervisors.map((one, at) => ({ ...one, position: at + 1, icon: null }))
  return [
    ...named('h', catalogue.hypervisors),
    ...named('H', wide),
    ...named('s', catalogue.storage),
    ...named('c', catalogue.platforms),
    ...named('t', catalogue.templates.map(templateRef)),
    ['z', JSON.stringify(catalogue.zone)],
    ['none', 'null'],
    ['d', JSON.stringify(catalogue.domain)],
  ]
}
