import { hole } from '../fragments'

/** The bodies of the KNOWN objects. Everything that many rows share is a hole (see fragments.ts). */
export interface Named {
  readonly id: string
  readonly name: string
}
export interface Vdc extends Named {
  readonly hypervisor: number
}

export const vdcRef = (vdc: Vdc) => ({ id: vdc.id, name: vdc.name, hypervisor: hole(`h${vdc.hypervisor}`) })

export interface ClientFacts extends Named {
  readonly ctime: string
  readonly partner: number
  readonly internet: number
  readonly lan: number
  readonly hypervisors: readonly number[]
  readonly prepay: boolean
}

export function clientBody(client: ClientFacts, projects: number, contacts: readonly object[]): object {
  return {
    id: client.id,
    ctime: client.ctime,
    name: client.name,
    projects,
    contact_emails: contacts,
    partner: hole(`p${client.partner}`),
    internet: client.internet,
    lan: client.lan,
    allowed_hypervisors: client.hypervisors.map((one) => hole(`H${one}`)),
    payment_model: client.prepay ? 'prepay' : 'postpay',
    payment_methods: [],
    billing_enabled: true,
    contract: hole('contract'),
  }
}

export interface ContractFacts extends Named {
  readonly plan: number
  readonly partner: Named
  readonly client: Named | null
}

export function contractBody(contract: ContractFacts): object {
  return {
    id: contract.id,
    name: contract.name,
    balance: hole('balance'),
    counterparty_left: { id: contract.partner.id, name: contract.partner.name, entity: 'partner' },
    counterparty_right: contract.client === null ? null : { id: contract.client.id, name: contract.client.name, entity: 'client' },
    inactive: false,
    is_new: contract.client === null,
    billing_plan: hole(`l${contract.plan}`),
  }
}

export interface ProjectFacts extends Named {
  readonly client: ClientFacts
  readonly contract: Named
  readonly vdcs: readonly Vdc[]
  readonly tags: readonly Named[]
}

export function projectBody(project: ProjectFacts): object {
  const { client, contract } = project
  return {
    id: project.id,
    name: project.name,
    locked: false,
    tags: project.tags,
    client: {
      id: client.id,
      name: client.name,
      contract: { id: contract.id, name: contract.name, balance: hole('balance') },
      internet: client.internet,
      allowed_hypervisors: client.hypervisors.map((one) => hole(`H${one}`)),
      payment_methods: [],
      payment_model: client.prepay ? 'prepay' : 'postpay',
    },
    vdc: project.vdcs.map(vdcRef),
    s3_storages: [],
    dns: [],
  }
}

export function vdcBody(vdc: Vdc, ctime: string, project: Named): object {
  const hypervisor = hole(`h${vdc.hypervisor}`)
  const own = { id: project.id, name: project.name }
  return { id: vdc.id, ctime, locked: false, job_id: null, name: vdc.name, project: own, hypervisor, tags: [], paas: null }
}

export interface DiskFacts extends Named {
  readonly size: number
  readonly place: number
  readonly root: boolean
  readonly slot: number
}

const letter = (slot: number) => String.fromCharCode(97 + (slot % 26))

export function vmDisk(disk: DiskFacts): object {
  const state = { locked: false, job_id: null, has_snapshot: false }
  return {
    id: disk.id,
    name: disk.name,
    size: disk.size,
    scsi: `0:${disk.slot}`,
    is_root: disk.root,
    ...state,
    storage_profile: hole(`s${disk.place}`),
  }
}

export function diskBody(disk: DiskFacts, vdc: Vdc, vm: VmFacts | null): object {
  return {
    id: disk.id,
    name: disk.name,
    size: disk.size,
    is_root: disk.root,
    scsi: vm === null ? '' : `0:${disk.slot}`,
    device: vm === null ? '' : `/dev/vd${letter(disk.slot)}`,
    has_snapshot: false,
    locked: false,
    job_id: null,
    external_id: `disk-${disk.id.slice(0, 8)}`,
    storage_profile: hole(`s${disk.place}`),
    vm: vm === null ? null : { id: vm.id, name: vm.name, cpu: vm.cpu, ram: vm.ram, power: vm.power, platform: vm.platformId },
    vdc: vdcRef(vdc),
    tags: [],
  }
}

export interface VmFacts extends Named {
  readonly cpu: number
  readonly ram: number
  readonly power: boolean
  readonly platform: number
  readonly platformId: string
  readonly template: number
}

/** As the list has it: its metadata come in the single answer only. */
export function vmBody(vm: VmFacts, ctime: string, vdc: Vdc, parts: { disks: object[]; ports: object[]; floating: object | null }): object {
  return {
    id: vm.id,
    ctime,
    locked: false,
    job_id: null,
    name: vm.name,
    hostname: `vm-${vm.id.slice(0, 8)}`,
    description: '',
    cpu: vm.cpu,
    ram: vm.ram,
    power: vm.power,
    vdc: vdcRef(vdc),
    template: hole(`t${vm.template}`),
    platform: hole(`c${vm.platform}`),
    hotadd_feature: false,
    snapshots: 0,
    kubernetes: null,
    has_metrics: false,
    ...parts,
    cdrom: null,
    tags: [],
    affinity_groups: [],
  }
}
