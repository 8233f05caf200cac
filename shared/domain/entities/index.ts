import type { z } from 'zod'
import type { Dataset } from '../datasets'
import { Account } from './accounts'
import { Disk, Network, Port, Project, Router, Server, StorageProfile, Vdc } from './inventory'
import { Event, Payment, StatPoint, Ticket } from './records'
import { Limit, Note } from './client-children'
import { Client, Contract, Partner, TariffPlan } from './organisation'

export type { AccessObject } from './accounts'
export type { HypervisorRef, Ref } from './fields'
export type { Contact } from './organisation'
export type { Account, Client, Contract, Limit, Note, Payment, Project, Event, Ticket }

/**
 * The synced entity of each dataset, as the adapters deliver it and the store keeps it. Its bounds are those of the
 * contract between core and window: what can be stored can be shown.
 */
export const entities = {
  partners: Partner,
  clients: Client,
  contracts: Contract,
  tariff_plans: TariffPlan,
  projects: Project,
  vdcs: Vdc,
  servers: Server,
  disks: Disk,
  networks: Network,
  routers: Router,
  ports: Port,
  storage_profiles: StorageProfile,
  accounts: Account,
  notes: Note,
  limits: Limit,
  statistics: StatPoint,
  payments: Payment,
  tickets: Ticket,
  events: Event,
} satisfies Record<Dataset, z.ZodType>

export type EntityOf = { [D in Dataset]: z.infer<(typeof entities)[D]> }
