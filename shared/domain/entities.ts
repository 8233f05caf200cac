import type { Money } from './money'
import type { LimitType } from './limits'

/**
 * The synced entities as the platforms' adapters deliver them and the store keeps them. Ids are opaque strings, times
 * are UTC milliseconds, sizes are GB, speeds Mbit/s. null = the platform did not say, or not in a way that can be read;
 * a name that it does not give is empty (screens show the start of the id). `extra` keeps every field that the console does not
 * know, as it came.
 */
export interface Entity {
  id: string
  extra: Record<string, unknown>
}
export interface Ref {
  id: string
  name: string
}
export interface HypervisorRef extends Ref {
  type: string | null
}

export interface Partner extends Entity {
  name: string
  providerName: string | null
  adminEmail: string | null
  nsServers: string[]
  hypervisors: HypervisorRef[]
  contractId: string | null
}
export interface Contact {
  id: string
  username: string | null
  email: string | null
  phone: string | null
}
export interface Client extends Entity {
  name: string
  createdAt: number | null
  partner: Ref | null
  contractId: string | null
  projects: number | null
  /** null: the platform did not say; 0: switched off (how "off" is coded is inferred). */
  internetMbit: number | null
  lanMbit: number | null
  paymentModel: string | null
  paymentMethods: string[]
  billingEnabled: boolean | null
  hypervisors: HypervisorRef[]
  contacts: Contact[]
}
export interface Contract extends Entity {
  name: string
  createdAt: number | null
  balance: Money | null
  plan: Ref | null
  left: (Ref & { entity: string }) | null
  right: (Ref & { entity: string }) | null
  inactive: boolean | null
  isNew: boolean | null
}
export interface TariffPlan extends Entity {
  name: string
  createdAt: number | null
  contracts: number | null
}
export interface Project extends Entity {
  name: string
  clientId: string | null
  locked: boolean | null
}
export interface Vdc extends Entity {
  name: string
  createdAt: number | null
  projectId: string | null
  hypervisor: HypervisorRef | null
}
export interface Server extends Entity {
  name: string
  hostname: string | null
  createdAt: number | null
  vdcId: string | null
  cpu: number | null
  ramGb: number | null
  power: boolean | null
  locked: boolean | null
  templateName: string | null
}
export interface Disk extends Entity {
  name: string
  vdcId: string | null
  serverId: string | null
  sizeGb: number | null
  isRoot: boolean | null
  storageProfileId: string | null
  storageProfileName: string | null
  billingClassId: string | null
}
export interface Network extends Entity {
  name: string
  vdcId: string | null
}
export interface Router extends Entity {
  name: string
  vdcId: string | null
}
export interface Port extends Entity {
  vdcId: string | null
  type: string | null
  ip: string | null
  /** Counted as a public IP address (`filter_type=external`). */
  external: boolean
}
export interface StorageProfile extends Entity {
  name: string
  billingClassId: string | null
  billingClassName: string | null
  measure: string | null
}
export interface AccessObject {
  role: string
  entity: string
  id: string
  name: string
}
export interface Account extends Entity {
  login: string
  username: string | null
  email: string | null
  phone: string | null
  domain: string | null
  createdAt: number | null
  active: boolean | null
  blocked: boolean | null
  /** null: the platform did not say what the account may reach, which is not the same as nothing. */
  objects: AccessObject[] | null
}
export interface Note extends Entity {
  clientId: string
  createdAt: number | null
  modifiedAt: number | null
  authorId: string | null
  authorName: string | null
  text: string
  alertAt: number | null
  confirmed: boolean
  system: boolean
}
export interface Limit extends Entity {
  owner: 'client' | 'partner'
  ownerId: string
  hypervisor: HypervisorRef
  /** One of the known types, or null with `typeCode` as the platform wrote it. */
  type: LimitType | null
  typeCode: string
  value: number
}
/** One point of the partner's history: at a moment, or summed over the bucket that starts there. */
export interface StatPoint extends Entity {
  at: number
  resolution: 'hour' | 'day'
  clients: number | null
  servers: number | null
  cpu: number | null
  ramGb: number | null
  volumeGb: number | null
  diskGb: Record<string, number>
  ip: number | null
  networks: number | null
  routers: number | null
  charged: Money | null
}

/** The entity of each dataset. */
export interface EntityOf {
  partners: Partner
  clients: Client
  contracts: Contract
  tariff_plans: TariffPlan
  projects: Project
  vdcs: Vdc
  servers: Server
  disks: Disk
  networks: Network
  routers: Router
  ports: Port
  storage_profiles: StorageProfile
  accounts: Account
  notes: Note
  limits: Limit
  statistics: StatPoint
}
