import type { PlatformControl } from '../platform-control'

/** Rows as the platform itself sends them; of each only what a figure is made of. */
export interface Ref {
  id: string
  name: string
}
type Placed = Partial<Ref> & { vdc?: Partial<Ref> | string | null }
export interface ClientRow extends Ref {
  projects: number
  partner: Ref
  contract: Ref & { balance: number; billing_plan: Ref }
}
export interface ProjectRow extends Ref {
  client: Ref
}
export interface VdcRow extends Ref {
  project: Ref
  hypervisor: Ref
}
export interface ServerRow extends Ref {
  cpu: number
  ram: number
  power: boolean
  vdc: Ref | string
}
export interface DiskRow extends Ref {
  size: number
  vdc: Ref | string
  vm: Ref | null
  storage_profile: Ref & { billing_class: Ref }
}
export interface NetworkRow extends Ref {
  vdc: Ref | string
}
export interface PortRow {
  id: string
  type: string
  vdc?: Partial<Ref> | string | null
  connected?: Placed | null
}
export interface LimitRow {
  id: string
  hypervisor: Ref
  type: string
  value: number
}
export interface AccountRow {
  id: string
  objects?: { role: string; entity: string; id: string }[]
}

/** Everything that a platform holds, read from its control endpoint: what the screens are judged by. */
export interface Cloud {
  clients: ClientRow[]
  projects: ProjectRow[]
  vdcs: VdcRow[]
  servers: ServerRow[]
  disks: DiskRow[]
  networks: NetworkRow[]
  routers: NetworkRow[]
  ports: PortRow[]
  partnerLimits: LimitRow[]
  accounts: AccountRow[]
}

export const readCloud = async (control: PlatformControl): Promise<Cloud> => {
  const read = <T>(dataset: string): Promise<T[]> => control.read(`/state/${dataset}`)
  return {
    clients: await read('client'),
    projects: await read('project'),
    vdcs: await read('vdc'),
    servers: await read('vm'),
    disks: await read('disk'),
    networks: await read('network'),
    routers: await read('router'),
    ports: await read('port'),
    partnerLimits: await read('partner_limit'),
    accounts: await read('account'),
  }
}

/** A reference is an object, an empty one, a bare id or nothing. */
export const idOf = (reference: Partial<Ref> | string | null | undefined): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null)

export const sum = <T>(rows: readonly T[], of: (row: T) => number): number =>
  Math.round(rows.reduce((total, row) => total + of(row), 0) * 1000) / 1000

export const kopecks = (rubles: number): number => Math.round(rubles * 100)
