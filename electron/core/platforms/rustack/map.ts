import type { EntityOf } from '@shared/domain/entities'
import type { Sideload } from '../port'
import { ClientDto, ContractDto, DiskDto, NetworkDto, PortDto, ProjectDto, StorageProfileDto, VdcDto, VmDto } from './dto'
import { extraOf, hypervisorOf, moneyOf, refOf, timeOf } from './fields'

/** What a row brings: the entity, and what lies nested in it. */
export interface Mapped<T> {
  entity: T
  sideload?: Sideload
}
/** @throws when the row cannot be understood. */
export type Mapper<T> = (raw: unknown, utcOffsetMinutes: number) => Mapped<T>

const keys = (shape: object, ...also: string[]): ReadonlySet<string> => new Set([...Object.keys(shape), ...also])
const clientKeys = keys(ClientDto.shape)
const contractKeys = keys(ContractDto.shape)
const projectKeys = keys(ProjectDto.shape, 'vdc', 's3_storages', 'dns')
const vdcKeys = keys(VdcDto.shape, 'job_id', 'locked')
// What is listed by itself (disks, ports) or only says that work is going on is not kept a second time.
const vmKeys = keys(VmDto.shape, 'job_id', 'disks', 'ports', 'metadata', 'cdrom', 'affinity_groups')
const diskKeys = keys(DiskDto.shape, 'job_id', 'locked')
const networkKeys = keys(NetworkDto.shape, 'job_id', 'locked')
const routerKeys = keys(NetworkDto.shape, 'job_id', 'locked', 'ports')
const portKeys = keys(PortDto.shape, 'job_id', 'locked')
const profileKeys = keys(StorageProfileDto.shape)

/** Where ports lead outside, by the types seen: a public address each. */
const EXTERNAL = /_(ext|fip)$/

export const mapClient: Mapper<EntityOf['clients']> = (raw, zone) => {
  const dto = ClientDto.parse(raw)
  const contract = dto.contract ? mapContract(dto.contract, zone) : null
  const partner = refOf(dto.partner)
  return {
    entity: {
      id: dto.id,
      name: dto.name,
      createdAt: timeOf(dto.ctime, zone),
      partner,
      contractId: contract?.entity.id ?? null,
      projects: dto.projects ?? null,
      internetMbit: dto.internet ?? null,
      lanMbit: dto.lan ?? null,
      paymentModel: dto.payment_model ?? null,
      paymentMethods: (dto.payment_methods ?? []).map(methodName),
      billingEnabled: dto.billing_enabled ?? null,
      hypervisors: (dto.allowed_hypervisors ?? []).map(hypervisorOf),
      contacts: (dto.contact_emails ?? []).map(({ id, username, email, phone }) => ({
        id: id ?? '',
        username: username ?? null,
        email: email ?? null,
        phone: phone ?? null,
      })),
      extra: extraOf(raw, clientKeys),
    },
    sideload: {
      ...contract?.sideload,
      ...(contract ? { contracts: [contract.entity] } : {}),
      ...(partner ? { partners: [nestedPartner(partner)] } : {}),
    },
  }
}

/** A method's form was never seen: a text, or an object with a name. */
const methodName = (method: unknown): string => {
  if (typeof method === 'string') return method
  if (typeof method === 'object' && method !== null && 'name' in method && typeof method.name === 'string') return method.name
  return JSON.stringify(method)
}

const nestedPartner = ({ id, name }: { id: string; name: string }): EntityOf['partners'] => ({
  ...{ id, name, providerName: null, adminEmail: null, nsServers: [], hypervisors: [], contractId: null },
  extra: {},
})

/** Nested in a client, and listed by itself where the deployment has such a list (then with a time of creation). */
export const mapContract = (
  raw: unknown,
  _zone: number,
  more: { createdAt: number | null; read: string[] } = { createdAt: null, read: [] },
) => {
  const dto = ContractDto.parse(raw)
  const plan = dto.billing_plan
  const entity: EntityOf['contracts'] = {
    id: dto.id,
    name: dto.name,
    createdAt: more.createdAt,
    balance: moneyOf(dto.balance),
    plan: refOf(plan),
    left: partyOf(dto.counterparty_left),
    right: partyOf(dto.counterparty_right),
    inactive: dto.inactive ?? null,
    isNew: dto.is_new ?? null,
    extra: extraOf(raw, more.read.length === 0 ? contractKeys : new Set([...contractKeys, ...more.read])),
  }
  const plans = plan ? [{ id: plan.id, name: plan.name ?? '', createdAt: null, contracts: plan.contracts ?? null, extra: {} }] : []
  return { entity, sideload: { tariff_plans: plans } } satisfies Mapped<EntityOf['contracts']>
}

type PartyDto = { id: string; name?: string | null | undefined; entity?: string | null | undefined } | null | undefined
const partyOf = (party: PartyDto): EntityOf['contracts']['left'] =>
  party ? { id: party.id, name: party.name ?? '', entity: party.entity ?? '' } : null

export const mapProject: Mapper<EntityOf['projects']> = (raw) => {
  const { id, name, client, locked } = ProjectDto.parse(raw)
  return { entity: { id, name, clientId: client?.id ?? null, locked: locked ?? null, extra: extraOf(raw, projectKeys) } }
}

export const mapVdc: Mapper<EntityOf['vdcs']> = (raw, zone) => {
  const { id, name, ctime, project, hypervisor } = VdcDto.parse(raw)
  const parents = { projectId: project?.id ?? null, hypervisor: hypervisor ? hypervisorOf(hypervisor) : null }
  return { entity: { id, name, createdAt: timeOf(ctime, zone), ...parents, extra: extraOf(raw, vdcKeys) } }
}

export const mapServer: Mapper<EntityOf['servers']> = (raw, zone) => {
  const dto = VmDto.parse(raw)
  return {
    entity: {
      id: dto.id,
      name: dto.name,
      hostname: dto.hostname ?? null,
      createdAt: timeOf(dto.ctime, zone),
      vdcId: dto.vdc?.id ?? null,
      cpu: dto.cpu ?? null,
      ramGb: dto.ram ?? null,
      power: dto.power ?? null,
      locked: dto.locked ?? null,
      templateName: dto.template?.name ?? null,
      extra: extraOf(raw, vmKeys),
    },
  }
}

export const mapDisk: Mapper<EntityOf['disks']> = (raw) => {
  const dto = DiskDto.parse(raw)
  const profile = dto.storage_profile
  return {
    entity: {
      id: dto.id,
      name: dto.name,
      vdcId: dto.vdc?.id ?? null,
      serverId: dto.vm?.id ?? null,
      sizeGb: dto.size ?? null,
      isRoot: dto.is_root ?? null,
      storageProfileId: profile?.id ?? null,
      storageProfileName: profile?.name ?? null,
      billingClassId: profile?.billing_class?.id ?? null,
      extra: extraOf(raw, diskKeys),
    },
  }
}

export const mapNetwork: Mapper<EntityOf['networks']> = (raw) => {
  const { id, name, vdc } = NetworkDto.parse(raw)
  return { entity: { id, name, vdcId: vdc?.id ?? null, extra: extraOf(raw, networkKeys) } }
}

export const mapRouter: Mapper<EntityOf['routers']> = (raw) => {
  const { id, name, vdc } = NetworkDto.parse(raw)
  return { entity: { id, name, vdcId: vdc?.id ?? null, extra: extraOf(raw, routerKeys) } }
}

export const mapPort: Mapper<EntityOf['ports']> = (raw) => {
  const { id, vdc, connected, type, ip_address: ip } = PortDto.parse(raw)
  return {
    entity: {
      id,
      // A port has a data centre of its own only where nothing is connected to it.
      vdcId: vdc?.id ?? connected?.vdc?.id ?? null,
      type: type ?? null,
      ip: ip ?? null,
      external: EXTERNAL.test(type ?? ''),
      extra: extraOf(raw, portKeys),
    },
  }
}

export const mapStorageProfile: Mapper<EntityOf['storage_profiles']> = (raw) => {
  const { id, name, billing_class: service } = StorageProfileDto.parse(raw)
  const billing = { billingClassId: service?.id ?? null, billingClassName: service?.name ?? null, measure: service?.measure ?? null }
  return { entity: { id, name, ...billing, extra: extraOf(raw, profileKeys) } }
}
