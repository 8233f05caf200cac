import type { TextKey, Translate } from '@renderer/locales'
import type { Format } from '@renderer/ui/format'
import type { Change } from './extra'
import { paymentKey } from './extra'

const DATASETS = [
  'clients',
  'contracts',
  'limits',
  'projects',
  'servers',
  'disks',
  'vdcs',
  'networks',
  'routers',
  'ports',
  'accounts',
  'notes',
] as const
const FIELDS = [
  'name', 'balance', 'planName', 'contractId', 'partnerName', 'projects', 'internetMbit', 'lanMbit', 'paymentModel', 'paymentMethods', 'billingEnabled',
  'hypervisors', 'contacts', 'value', 'inactive', 'cpu', 'ramGb', 'power', 'sizeGb', 'locked', 'objects', 'text', 'alertAt', 'confirmed', 'active', 'blocked',
  'hostname', 'storageProfileName', 'hypervisorName', 'username', 'login', 'email', 'phone', 'ip', 'clientName', 'rightName', 'leftName', 'serverId',
] as const // prettier-ignore
type Field = (typeof FIELDS)[number]
const FLAGS: ReadonlySet<string> = new Set<Field>(['billingEnabled', 'inactive', 'power', 'locked', 'confirmed', 'active', 'blocked'])
const NUMBERS: ReadonlySet<string> = new Set<Field>(['projects', 'internetMbit', 'lanMbit', 'value', 'cpu', 'ramGb', 'sizeGb'])
/** Told by a name beside them, or by nothing that a person would read. */
const SILENT = new Set([
  'planId',
  'partnerId',
  'leftId',
  'rightId',
  'leftEntity',
  'rightEntity',
  'currency',
  'isNew',
  'createdAt',
  'modifiedAt',
  'extra',
])
SILENT.add('hypervisorId')
  .add('hypervisorType')
  .add('storageProfileId')
  .add('billingClassId')
  .add('vdcId')
  .add('projectId')
  .add('clientId')
  .add('ownerId')

export interface ChangeWords {
  what: string
  /** Null where something came or went as a whole. */
  before: string | null
  after: string
  when: string
}
export interface Say {
  t: Translate
  f: Format
  now: number
  /** The currency that balances of this client are in. */
  currency: string
}

const isField = (field: string): field is Field => (FIELDS as readonly string[]).includes(field)
const nameOf = (one: unknown): string => {
  if (typeof one === 'string') return one
  const { name, username } = (one ?? {}) as { name?: string | null; username?: string | null }
  return name ?? username ?? ''
}
const names = (json: string): string => {
  try {
    const list = JSON.parse(json) as unknown
    return Array.isArray(list) ? list.map(nameOf).join(', ') : json
  } catch {
    return json
  }
}
const valueWords = (field: string, value: string, { t, f, now, currency }: Say): string => {
  if (field === 'balance') return f.money({ minor: Number(value), currency })
  if (FLAGS.has(field)) return t(value === '1' || value === 'true' ? 'common.yes' : 'common.no')
  if (NUMBERS.has(field)) return Number.isFinite(Number(value)) ? f.num(Number(value)) : value
  if (field === 'alertAt') return f.moment(Number(value), now)
  if (field === 'paymentModel') {
    const key = paymentKey(value)
    return key ? t(`clients.${key}`) : value
  }
  return value.startsWith('[') ? names(value) : value
}

const named = (thing: string, name: string | null): string => (name === null ? thing : `${thing}: ${name}`)

/** A change in words, or null where it says nothing to a person. Unknown fields are shown as they are called. */
export const changeWords = (change: Change, say: Say): ChangeWords | null => {
  const { t, f, now } = say
  if (SILENT.has(change.field)) return null
  const dataset = DATASETS.find((one) => one === change.dataset)
  const thing = dataset ? t(`client.changes.dataset.${dataset}`) : change.dataset
  const { from, to } = change.between
  const when = from === null ? t('client.changes.since', { at: f.moment(to, now) }) : `${f.moment(from, now)} – ${f.moment(to, now)}`
  if (change.field === 'added' || change.field === 'removed')
    return { what: named(thing, change.before ?? change.after), before: null, after: t(`client.changes.${change.field}`), when }
  const field = isField(change.field) ? t(`client.changes.field.${change.field}` as TextKey) : change.field
  const own = change.dataset === 'clients' || change.dataset === 'contracts'
  const value = (raw: string | null): string => (raw === null ? t('client.changes.nothing') : valueWords(change.field, raw, say))
  return { what: own ? field : `${thing}: ${field}`, before: value(change.before), after: value(change.after), when }
}
