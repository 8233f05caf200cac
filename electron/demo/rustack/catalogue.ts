import { seededRandom } from '../random'
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
  readonly templates: readonly { id: string; name: string; icon: string; before_deploy_text: string; after_deploy_text: string }[]
  readonly domain: object
  readonly externalNetwork: { readonly id: string; readonly name: string }
}

export const ZERO_ID = '00000000-0000-0000-0000-000000000000'
const HYPERVISORS = [
  ['KVM', 'kvm'],
  ['VMware', 'vmware'],
] as const
const STORAGE = [
  ['SATA', 'slow'],
  ['SAS', 'fast'],
  ['SSD', 'ultrafast'],
] as const
const SYSTEMS = [
  ['Ubuntu 24.04', 'ubuntu'],
  ['Debian 12', 'debian'],
  ['Astra Linux 1.8', 'astra'],
  ['РЕД ОС 8', 'redos'],
  ['Windows Server 2022', 'windows'],
] as const
const CPUS = [
  ['Intel Xeon Gold 2.6', 0],
  ['Intel Xeon Platinum 3.2', 1],
  ['AMD EPYC 2.8', 0],
] as const

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
  const templates = SYSTEMS.map(([name, icon]) => ({ id: random.uuid(), name, icon, before_deploy_text: '', after_deploy_text: '' }))
  const domain = { id: ZERO_ID, name: 'default', aliases: [{ id: random.uuid(), alias: 'default' }] }
  return { hypervisors, storage, platforms, templates, domain, externalNetwork: { id: random.uuid(), name: 'Интернет' } }
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
    ...named('t', catalogue.templates),
    ['d', JSON.stringify(catalogue.domain)],
  ]
}
