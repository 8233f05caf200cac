import { z } from 'zod'
import { LimitType } from '@shared/domain/entities/fields'
import type { ProfileReason } from '@shared/domain/profile'
import { ticketTopics } from '@shared/domain/codes'
import inferred from './profile.default.json' with { type: 'json' }

const reason = (code: ProfileReason): { error: ProfileReason } => ({ error: code })
const path = z.string().regex(/^\/[\w/:.-]+$/, reason('not-a-path'))
/** Of one owner, or of one record. */
const pathOfOne = path.refine((text) => /:id(?![\w])/.test(text), reason('needs-id'))
/** null = this deployment has no such list. */
const optional = path.nullable()
const name = z.string().min(1).max(100)
const names = <K extends string>(...keys: K[]) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, name])) as Record<K, typeof name>).superRefine((fields, context) => {
    eachOnce(fields as Record<string, string>, context)
  })

/** Two of our fields under one name of the platform would read the same value twice. */
const eachOnce = (fields: Record<string, string>, context: z.RefinementCtx): void => {
  const seen = new Set<string>()
  for (const [own, wire] of Object.entries(fields)) {
    if (seen.has(wire)) context.addIssue({ code: 'custom', path: [own], message: 'twice' satisfies ProfileReason, input: wire })
    seen.add(wire)
  }
}

/**
 * The INFERRED half of the API: paths, field names and codes that no vendor has published. A deployment that differs
 * gets another document, not other code.
 */
export const RustackProfile = z.strictObject({
  title: z.string().max(1000),
  paths: z.strictObject({
    partners: optional,
    partnerLimits: pathOfOne.nullable(),
    contracts: optional,
    tariffPlans: optional,
    accounts: optional,
    notes: optional,
    note: pathOfOne,
    noteConfirm: pathOfOne,
    clientNotes: pathOfOne,
    clientLimits: pathOfOne,
    clientLimit: path.refine((text) => text.includes(':limit'), reason('needs-limit')),
    statistics: optional,
    payments: optional,
    tickets: optional,
    events: optional,
    clientStatistics: pathOfOne,
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
    ticket: names('createdAt', 'modifiedAt', 'topic', 'text', 'account', 'project', 'contacts', 'attachments'),
    event: names('createdAt', 'account', 'action', 'object', 'text'),
    eventObject: names('kind', 'id', 'name'),
    diskVolume: names('billingClass', 'size'),
  }),
  queries: names('detail', 'from', 'to', 'hour', 'day'),
  /** The platform's limit codes by the console's names; an unknown code is kept as it is and counted by nobody. */
  limitTypes: z.record(z.string(), LimitType),
  /** The six topics of a ticket as the platform writes them, by the console's names; an unknown one is kept as it is. */
  ticketTopics: z.record(z.string(), z.enum(ticketTopics)),
  /** The platform's role codes by the console's (admin, user, support); others stay as they are. */
  roles: z.record(z.string(), z.string()),
})
export type RustackProfile = z.infer<typeof RustackProfile>

/** The document as it stands in the program. */
export const standardDocument: unknown = inferred
export const defaultProfile = (): RustackProfile => RustackProfile.parse(inferred)
