import { z } from 'zod'

/**
 * The KNOWN shapes, as lenient as honesty allows: anything may be missing, anything may be added, enums are open and ids
 * are whatever they are. A field of the wrong kind makes its row unreadable: a guess would make a total wrong.
 */
const Id = z.union([z.string().min(1), z.number()]).transform(String)
const Text = z.string().nullish()
const Flag = z.boolean().nullish()
const Numeric = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)])
const Amount = Numeric.nullish()
const Quantity = Numeric.transform(Number).nullish()
const Ref = z.looseObject({ id: Id, name: Text })
const Hypervisor = z.looseObject({ id: Id, name: Text, type: Text })
const Party = z.looseObject({ id: Id, name: Text, entity: Text })
const Named = { id: Id, name: z.string() }
const BillingClass = z.looseObject({ id: Id, name: Text, measure: Text })
const StorageProfileFields = { id: Id, name: Text, billing_class: BillingClass.nullish() }

export const ContractDto = z.looseObject({
  ...Named,
  balance: Amount,
  counterparty_left: Party.nullish(),
  counterparty_right: Party.nullish(),
  inactive: Flag,
  is_new: Flag,
  billing_plan: z.looseObject({ id: Id, name: Text, contracts: Quantity }).nullish(),
})
export const ClientDto = z.looseObject({
  ...Named,
  ctime: Text,
  projects: Quantity,
  contact_emails: z.array(z.looseObject({ id: Id.nullish(), username: Text, email: Text, phone: Text })).nullish(),
  partner: Ref.nullish(),
  internet: Quantity,
  lan: Quantity,
  allowed_hypervisors: z.array(Hypervisor).nullish(),
  payment_model: Text,
  /** The form of its elements has never been seen. */
  payment_methods: z.array(z.unknown()).nullish(),
  billing_enabled: Flag,
  contract: ContractDto.nullish(),
})
export const ProjectDto = z.looseObject({ ...Named, locked: Flag, client: Ref.nullish() })
export const VdcDto = z.looseObject({ ...Named, ctime: Text, project: Ref.nullish(), hypervisor: Hypervisor.nullish() })
export const VmDto = z.looseObject({
  ...Named,
  ctime: Text,
  hostname: Text,
  cpu: Quantity,
  ram: Quantity,
  power: Flag,
  locked: Flag,
  vdc: Ref.nullish(),
  template: Ref.nullish(),
})
export const DiskDto = z.looseObject({
  ...Named,
  size: Quantity,
  is_root: Flag,
  storage_profile: z.looseObject(StorageProfileFields).nullish(),
  vm: Ref.nullish(),
  vdc: Ref.nullish(),
})
export const NetworkDto = z.looseObject({ ...Named, vdc: Ref.nullish() })
/** A reference that is not there is null, missing, or an empty object. */
const Device = z.looseObject({ vdc: Ref.nullish() })
export const PortDto = z.looseObject({ id: Id, vdc: Ref.nullish(), connected: Device.nullish(), type: Text, ip_address: Text })
export const StorageProfileDto = z.looseObject({ ...StorageProfileFields, name: z.string() })
export const AccountDto = z.looseObject({
  id: Id,
  login: z.string(),
  username: Text,
  email: Text,
  phone: Text,
  domain: Ref.nullish(),
})
export const ListDto = z.union([
  z.looseObject({ items: z.array(z.unknown()), total: z.int().min(0).nullish(), limit: z.int().min(1).nullish() }),
  z.array(z.unknown()).transform((items) => ({ items, total: items.length, limit: null })),
])

/** The INFERRED shapes, under the console's own names: the profile says what they are called on the wire. */
export const PartnerDto = z.looseObject({
  ...Named,
  provider: Ref.nullish(),
  contract: z.looseObject({ id: Id }).nullish(),
  hypervisors: z.array(Hypervisor).nullish(),
  nsServers: z.array(z.string()).nullish(),
  adminEmail: Text,
})
export const TariffPlanDto = z.looseObject({ ...Named, createdAt: Text, contracts: Quantity })
export const AccessObjectDto = z.looseObject({ role: z.string(), entity: z.string(), id: Id, name: Text })
export const AccountMoreDto = z.looseObject({
  createdAt: Text,
  active: Flag,
  blocked: Flag,
  objects: z.array(z.record(z.string(), z.unknown())).nullish(),
})
export const NoteDto = z.looseObject({
  id: Id,
  createdAt: Text,
  modifiedAt: Text,
  client: z.union([Ref, Id]).nullish(),
  author: z.looseObject({ id: Id.nullish(), login: Text, username: Text }).nullish(),
  text: z.string(),
  alertAt: Text,
  confirmed: Flag,
  system: Flag,
})
export const LimitDto = z.looseObject({ id: Id, hypervisor: Hypervisor, type: z.string(), value: Numeric.transform(Number) })
export const StatisticDto = z.looseObject({
  at: z.string(),
  clients: Quantity,
  servers: Quantity,
  cpu: Quantity,
  ram: Quantity,
  disks: z.array(z.record(z.string(), z.unknown())).nullish(),
  volume: Quantity,
  ip: Quantity,
  networks: Quantity,
  routers: Quantity,
  charged: Amount,
})
