import type { EntityOf } from '@shared/domain/entities'
import type { Sideload } from '../port/reads'
import { keepable } from '../row-extra'
import { isRaw, type RowReader } from '../row-reader'

/** What a row brings: the entity, and what lies nested in it. */
export interface Mapped<T> {
  entity: T
  sideload?: Sideload
}
/** @throws UnreadableRow when nothing of the row can be used. */
export type Mapper<T> = (row: RowReader) => Mapped<T>

/** Where ports lead outside, by the types seen: a public address each. */
const EXTERNAL = /_(ext|fip)$/

export const mapClient: Mapper<EntityOf['clients']> = (row) => {
  const contract = nestedContract(row)
  const partner = row.ref('partner')
  return {
    entity: {
      id: row.id(),
      name: row.name(),
      createdAt: row.time('ctime'),
      partner,
      contractId: contract?.entity.id ?? null,
      projects: row.count('projects'),
      internetMbit: row.quantity('internet'),
      lanMbit: row.quantity('lan'),
      paymentModel: row.text('payment_model'),
      paymentMethods: row.values('payment_methods', methodName) ?? [],
      billingEnabled: row.flag('billing_enabled'),
      hypervisors: hypervisorsOf(row, 'allowed_hypervisors'),
      contacts: contactsOf(row),
      extra: row.rest(),
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
  if (typeof method === 'string') return method.slice(0, 200)
  if (isRaw(method) && typeof method['name'] === 'string') return method['name'].slice(0, 200)
  return JSON.stringify(keepable(method)).slice(0, 200)
}

const contactsOf = (row: RowReader): EntityOf['clients']['contacts'] =>
  row.list('contact_emails', (contact) => ({
    id: contact.ref('id')?.id ?? '',
    username: contact.text('username'),
    email: contact.text('email'),
    phone: contact.text('phone'),
  })) ?? []

/** Each by its object or by its bare id. */
export const hypervisorsOf = (row: RowReader, field: string): EntityOf['clients']['hypervisors'] =>
  row.list(field, (one) => ({ id: one.id(), name: one.name(), type: one.text('type') }), { bareIds: true }) ?? []

const nestedPartner = ({ id, name }: { id: string; name: string }): EntityOf['partners'] => ({
  ...{ id, name, providerName: null, adminEmail: null, nsServers: [], hypervisors: [], contractId: null },
  extra: {},
})

/** The client keeps its other fields when its contract is nothing that can be used. */
const nestedContract = (row: RowReader): Mapped<EntityOf['contracts']> | null =>
  row.optional('contract', (contract) => mapContract(contract))

/** Nested in a client, and listed by itself where the deployment has such a list (then with a time of creation). */
export const mapContract = (row: RowReader, createdAtField?: string) => {
  const plan = row.optional('billing_plan', mapNestedPlan)
  const entity: EntityOf['contracts'] = {
    id: row.id(),
    name: row.name(),
    createdAt: createdAtField === undefined ? null : row.time(createdAtField),
    balance: row.money('balance'),
    plan: plan && { id: plan.id, name: plan.name },
    left: partyOf(row, 'counterparty_left'),
    right: partyOf(row, 'counterparty_right'),
    inactive: row.flag('inactive'),
    isNew: row.flag('is_new'),
    extra: row.rest(),
  }
  return { entity, sideload: { tariff_plans: plan ? [plan] : [] } } satisfies Mapped<EntityOf['contracts']>
}
const mapNestedPlan = (plan: RowReader): EntityOf['tariff_plans'] => ({
  ...{ id: plan.id(), name: plan.name(), createdAt: null, contracts: plan.count('contracts') },
  extra: {},
})

const partyOf = (row: RowReader, field: string): EntityOf['contracts']['left'] =>
  row.optional(field, (party) => ({ id: party.id(), name: party.name(), entity: party.text('entity') ?? '' }))

export const mapProject: Mapper<EntityOf['projects']> = (row) => {
  const known = { id: row.id(), name: row.name(), clientId: row.ref('client')?.id ?? null, locked: row.flag('locked') }
  return { entity: { ...known, extra: row.rest('vdc', 's3_storages', 'dns') } }
}

export const mapVdc: Mapper<EntityOf['vdcs']> = (row) => {
  const known = { id: row.id(), name: row.name(), createdAt: row.time('ctime') }
  const parents = { projectId: row.ref('project')?.id ?? null, hypervisor: row.hypervisor('hypervisor') }
  return { entity: { ...known, ...parents, extra: row.rest('job_id', 'locked') } }
}

export const mapServer: Mapper<EntityOf['servers']> = (row) => ({
  entity: {
    id: row.id(),
    name: row.name(),
    hostname: row.text('hostname'),
    createdAt: row.time('ctime'),
    vdcId: row.ref('vdc')?.id ?? null,
    cpu: row.quantity('cpu'),
    ramGb: row.quantity('ram'),
    power: row.flag('power'),
    locked: row.flag('locked'),
    templateName: row.ref('template')?.name ?? null,
    // What is listed by itself (disks, ports) or only says that work is going on is not kept a second time.
    extra: row.rest('job_id', 'disks', 'ports', 'metadata', 'cdrom', 'affinity_groups'),
  },
})

export const mapDisk: Mapper<EntityOf['disks']> = (row) => {
  const profile = row.optional('storage_profile', profileOf)
  return {
    entity: {
      id: row.id(),
      name: row.name(),
      vdcId: row.ref('vdc')?.id ?? null,
      serverId: row.ref('vm')?.id ?? null,
      sizeGb: row.quantity('size'),
      isRoot: row.flag('is_root'),
      storageProfileId: profile?.id ?? null,
      storageProfileName: profile?.name ?? null,
      billingClassId: profile?.billingClassId ?? null,
      extra: row.rest('job_id', 'locked'),
    },
  }
}

export const mapNetwork: Mapper<EntityOf['networks']> = (row) => {
  const known = { id: row.id(), name: row.name(), vdcId: row.ref('vdc')?.id ?? null }
  return { entity: { ...known, extra: row.rest('job_id', 'locked') } }
}

export const mapRouter: Mapper<EntityOf['routers']> = (row) => {
  const known = { id: row.id(), name: row.name(), vdcId: row.ref('vdc')?.id ?? null }
  return { entity: { ...known, extra: row.rest('job_id', 'locked', 'ports') } }
}

/** The network that a port hangs on: it knows a data centre where the port itself tells none. */
export interface MappedPort extends Mapped<EntityOf['ports']> {
  networkId: string | null
}
export const mapPort = (row: RowReader): MappedPort => {
  const connected = row.optional('connected', (device) => device.ref('vdc'))
  const type = row.text('type')
  return {
    entity: {
      id: row.id(),
      // Only a free floating address has a data centre of its own.
      vdcId: connected?.id ?? row.ref('vdc')?.id ?? null,
      type,
      ip: row.text('ip_address'),
      external: EXTERNAL.test(type ?? ''),
      extra: row.rest('job_id', 'locked', 'connected', 'vdc'),
    },
    networkId: row.ref('network')?.id ?? null,
  }
}

export const mapStorageProfile: Mapper<EntityOf['storage_profiles']> = (row) => ({
  entity: { ...profileOf(row), extra: row.rest() },
})
const profileOf = (row: RowReader): Omit<EntityOf['storage_profiles'], 'extra'> => {
  const service = row.optional('billing_class', (one) => ({ id: one.id(), name: one.text('name'), measure: one.text('measure') }))
  return {
    id: row.id(),
    name: row.name(),
    billingClassId: service?.id ?? null,
    billingClassName: service?.name ?? null,
    measure: service?.measure ?? null,
  }
}
