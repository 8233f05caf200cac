import type { Random } from '../../random'
import { person, phone } from '../../words/people'
import type { Company } from '../../words/companies'
import { accountBody, type AccountFacts } from '../inferred/shapes'
import type { Cloud } from '../cloud'
import type { ClientFacts } from '../known/shapes'
import type { ClientBuilder } from './client-builder'

export type Contact = Pick<AccountFacts, 'id' | 'username' | 'email' | 'phone'>

function accountFacts(random: Random, domain: string, created: string, access: AccountFacts['access']): AccountFacts {
  const { full, login } = person(random)
  const email = `${login}@${domain}`
  const blocked = random.chance(0.03)
  const active = random.chance(0.94)
  return {
    id: random.uuid(),
    login: email,
    username: full,
    email,
    phone: random.chance(0.85) ? phone(random) : null,
    created,
    active,
    blocked,
    access,
  }
}

/** A client's own users: mostly one administrator, sometimes a few people more, now and then nobody. */
export function addUsers(builder: ClientBuilder, client: ClientFacts, company: Company, from: number): Contact[] {
  const { random, cloud } = builder
  const count = random.weighted([
    [0, 6],
    [1, 56],
    [2, 25],
    [3, 9],
    [5, 4],
  ])
  const people: Contact[] = []
  for (let at = 0; at < count; at++) {
    const moment = at === 0 ? from : from + random.next() * (cloud.clock.now() - from) * 0.9
    const role =
      at === 0
        ? 'admin'
        : random.weighted([
            ['user', 6],
            ['admin', 2],
            ['support', 1],
          ] as const)
    const created = cloud.time.stamp(moment, random)
    const account = accountFacts(random, company.domain, created, [{ role, entity: 'client', id: client.id, name: client.name }])
    builder.put('account', moment, accountBody(cloud.profile, account), {
      id: account.id,
      ctime: created,
      name: account.username,
      login: account.login,
    })
    people.push(account)
  }
  return people
}

/** The partner's people: the token's owner is the first of them. */
export function addStaff(cloud: Cloud, random: Random): void {
  const partner = cloud.partners[0]!
  for (const [at, one] of [cloud.me, ...cloud.colleagues].entries()) {
    const created = cloud.time.stamp(cloud.epoch - (900 - at * 97) * 86_400_000 - random.int(1, 30_000_000), random)
    const role = at < 3 ? 'admin' : 'support'
    const access = [{ role, entity: 'partner', id: partner.id, name: partner.name }] as const
    const facts: AccountFacts = { ...one, created, email: one.login, phone: phone(random), active: true, blocked: false, access }
    const columns = { id: one.id, ctime: created, name: one.username.toLowerCase(), login: one.login, cn: 0 }
    cloud.store.insert('account', { ...columns, body: JSON.stringify(accountBody(cloud.profile, facts)) })
  }
}
