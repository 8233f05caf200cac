import type { RunningPlatform } from './platform-process'

/** Rows as the platform itself would send them (docs/demo-platform.md): the truth that the screens are compared with. */
interface Ref {
  id: string
  name: string
}
export interface ClientState extends Ref {
  ctime: string
  projects: number
  partner: Ref
  payment_model: 'prepay' | 'postpay'
  internet: number
  lan: number
  allowed_hypervisors: Ref[]
  contact_emails: { username: string; email: string; phone: string }[]
  contract: Ref & { balance: number; billing_plan: Ref }
}
export interface ContractState extends Ref {
  balance: number
  counterparty_right: (Ref & { entity: string }) | null
  counterparty_left: Ref
  billing_plan: Ref
}
export interface PlanState extends Ref {
  ctime: string
  contracts: number
}
export interface NoteState {
  id: string
  ctime: string
  client: Ref
  author: { id: string; login: string; username: string }
  text: string
  alert_time: string | null
  confirmed: boolean
  system: boolean
}
export interface LimitState {
  id: string
  hypervisor: Ref
  type: 'vm' | 'disk' | 'volume' | 'ip' | 'network' | 'router' | 'ram' | 'cpu'
  value: number
}
export interface ServerState extends Ref {
  cpu: number
  ram: number
  power: boolean
  vdc: Ref
}
export interface DiskState extends Ref {
  size: number
  vdc: Ref
  storage_profile: Ref & { billing_class: Ref }
}
export interface VdcState extends Ref {
  hypervisor: Ref
}
export interface AccountState {
  id: string
  login: string
  username: string
  email: string | null
  phone: string | null
  objects: { role: string; entity: string; id: string; name: string }[]
}
export interface PaymentState {
  id: number | string
  ctime: string
  transaction: string
  amount: number
  contract: Ref
  method: string
  status: string
}
export interface TicketState {
  id: string
  project: Ref | null
  message: string
  account: { id: string; login: string; username: string }
}
export interface EventState {
  id: string
  action: string
}
export interface ProjectState extends Ref {
  client: Ref
  vdc: Ref[]
}
interface Datasets {
  client: ClientState
  contract: ContractState
  billing_plan: PlanState
  note: NoteState
  limit: LimitState
  partner_limit: LimitState
  vm: ServerState
  disk: DiskState
  account: AccountState
  payment: PaymentState
  ticket: TicketState
  event: EventState
  project: ProjectState
  vdc: VdcState
}

export const state = <D extends keyof Datasets>(platform: RunningPlatform, dataset: D): Promise<Datasets[D][]> =>
  platform.read(`/state/${dataset}`)

interface Mutation {
  op: 'create' | 'update' | 'delete' | 'revoke-token' | 'restore-token'
  dataset?: string
  id?: string
  fields?: Record<string, unknown>
}
/** As if somebody else had been at the platform. */
export const mutate = (platform: RunningPlatform, mutation: Mutation): Promise<{ id?: string }> => platform.tell('/mutate', mutation)
