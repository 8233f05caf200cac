import { hole } from '../fragments'
import type { OwnAccount } from '../cloud'
import type { Named } from '../known/shapes'
import { wire, type Profile } from '../profile'
import { billingClass } from '../nomenclature'
import { priceText, type Plan } from '../plans'

/** Bodies of the INFERRED objects, in our own field names, sent under the profile's. */
export interface NoteFacts {
  readonly id: string
  readonly created: string
  readonly client: Named
  readonly author: OwnAccount
  readonly text: string
  readonly alert: string | null
  readonly confirmed: boolean
  readonly system: boolean
}

export function noteBody(profile: Profile, note: NoteFacts): object {
  const { id, login, username } = note.author
  return wire(profile, 'note', {
    ...note,
    modified: note.created,
    client: { id: note.client.id, name: note.client.name },
    author: { id, login, username },
  })
}

export function limitBody(profile: Profile, id: string, hypervisor: number, type: string, value: number): object {
  return wire(profile, 'limit', { id, hypervisor: hole(`h${hypervisor}`), type, value })
}

export interface AccountFacts extends OwnAccount {
  readonly created: string
  readonly email: string | null
  readonly phone: string | null
  readonly active: boolean
  readonly blocked: boolean
  readonly access: readonly { role: 'admin' | 'user' | 'support'; entity: 'client' | 'partner'; id: string; name: string }[]
}

/** The KNOWN part first, then what the profile adds. */
export function accountBody(profile: Profile, account: AccountFacts): object {
  const { id, login, username, email, phone, created, active, blocked } = account
  const objects = account.access.map((one) => wire(profile, 'accessObject', one))
  return {
    id,
    login,
    username,
    email,
    phone,
    domain: hole('d'),
    ...wire(profile, 'account', { created, active, blocked, roles: [], objects }),
  }
}

export function planItems(profile: Profile, plan: Plan): object[] {
  return plan.items.map(({ id, service, price, period, calendar }) =>
    wire(profile, 'planItem', { id, service: billingClass(service), price: priceText(price), period, calendar }),
  )
}

export function partnerBody(profile: Profile, partner: Named, contract: object, hypervisors: number): object {
  return wire(profile, 'partner', {
    id: partner.id,
    name: partner.name,
    provider: hole('provider'),
    contract,
    hypervisors: Array.from({ length: hypervisors }, (_, at) => hole(`H${at}`)),
    nameServers: ['ns1.cloud.example', 'ns2.cloud.example'],
    adminEmail: 'admin@partner.example',
  })
}
