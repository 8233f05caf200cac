import { z } from 'zod'
import document from './profile.json'

/**
 * The INFERRED half of the API lives in one replaceable document: paths, and our own names of fields → names on the wire.
 * A deployment that is found to differ is imitated by another document, not by other code.
 */
const names = z.record(z.string(), z.string())
const field = z.object({ type: z.string(), required: z.boolean(), label: z.string(), max_length: z.number().optional() })

const schema = z.object({
  title: z.string(),
  paths: z.object({
    partners: z.string(),
    partner: z.string(),
    partnerLimits: z.string(),
    contracts: z.string(),
    contract: z.string(),
    plans: z.string(),
    plan: z.string(),
    services: z.string(),
    notes: z.string(),
    note: z.string(),
    noteConfirm: z.string(),
    clientNotes: z.string(),
    clientLimits: z.string(),
    clientLimit: z.string(),
    accounts: z.string(),
    statistics: z.string(),
    clientStatistics: z.string(),
    payments: z.string(),
    tickets: z.string(),
    ticket: z.string(),
    events: z.string(),
  }),
  fields: z.object({
    partner: names,
    contract: names,
    plan: names,
    planItem: names,
    note: names,
    limit: names,
    account: names,
    accessObject: names,
    statistics: names,
    diskVolume: names,
    payment: names,
    ticket: names,
    event: names,
    eventObject: names,
  }),
  queries: z.object({
    client: z.string(),
    contract: z.string(),
    account: z.string(),
    project: z.string(),
    topic: z.string(),
    alert: z.string(),
    system: z.string(),
    confirmed: z.string(),
    author: z.string(),
    detail: z.string(),
    from: z.string(),
    to: z.string(),
  }),
  limitTypes: z.array(z.string()).length(8),
  ticketTopics: z.array(z.string()).length(6),
  writable: z.object({ note: z.object({ text: field, alert: field }) }),
})

export type Profile = z.infer<typeof schema>
export type ProfileEntity = keyof Profile['fields']

export function readProfile(source: unknown = document): Profile {
  return schema.parse(source)
}

/** Renames our own field names to the profile's; a field that the profile leaves out is not sent. */
export function wire(profile: Profile, entity: ProfileEntity, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const renamed: Record<string, unknown> = {}
  for (const [own, name] of Object.entries(profile.fields[entity])) if (Object.hasOwn(values, own)) renamed[name] = values[own]
  return renamed
}

export function wireName(profile: Profile, entity: ProfileEntity, own: string): string {
  return profile.fields[entity][own] ?? own
}
