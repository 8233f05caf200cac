import { z } from 'zod'
import { LimitType } from '@shared/domain/schemas'
import inferred from './profile.default.json' with { type: 'json' }

const path = z.string().regex(/^\/[\w/:.-]+$/)
/** null = this deployment has no such list. */
const optional = path.nullable()
const name = z.string().min(1).max(100)
const names = <K extends string>(...keys: K[]) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, name])) as Record<K, typeof name>)

/**
 * The INFERRED half of the API: paths, field names and codes that no vendor has published. A deployment that differs
 * gets another document, not other code.
 */
export const RustackProfile = z.strictObject({
  title: z.string(),
  paths: z.strictObject({
    partners: optional,
    partnerLimits: optional,
    contracts: optional,
    tariffPlans: optional,
    accounts: optional,
    notes: optional,
    note: path,
    noteConfirm: path,
    clientNotes: path,
    clientLimits: path,
    clientLimit: path,
    statistics: optional,
    payments: optional,
    clientStatistics: path,
  }),
  fields: z.strictObject({
    partner: names('name', 'provider', 'contract', 'hypervisors', 'nsServers', 'adminEmail'),
    contract: names('createdAt'),
    tariffPlan: names('name', 'createdAt', 'contracts'),
    account: names('createdAt', 'active', 'blocked', 'objects'),
    accessObject: names('role', 'entity', 'id', 'name'),
    note: names('createdAt', 'modifiedAt', 'client', 'author', 'text', 'alertAt', 'confirmed', 'system'),
    limit: names('hypervisor', 'type', 'value'),
    statistics: names('at', 'clients', 'servers', 'cpu', 'ram', 'disks', 'volume', 'ip', 'networks', 'routers', 'charged'),
    payment: names('createdAt', 'transaction', 'amount', 'contract', 'method', 'status'),
    diskVolume: names('billingClass', 'size'),
  }),
  queries: names('detail', 'from', 'to', 'hour', 'day'),
  /** The platform's limit codes by the console's names; an unknown code is kept as it is and counted by nobody. */
  limitTypes: z.record(z.string(), LimitType),
  /** The platform's role codes by the console's (admin, user, support); others stay as they are. */
  roles: z.record(z.string(), z.string()),
})
export type RustackProfile = z.infer<typeof RustackProfile>

/** @throws ZodError when the document has not the shape of a profile. */
export const readProfile = (document: unknown): RustackProfile => RustackProfile.parse(document)
export const defaultProfile = (): RustackProfile => readProfile(inferred)
