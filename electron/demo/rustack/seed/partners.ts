import { hourOf } from '../../naive-time'
import { seededRandom, type Random } from '../../random'
import type { Cloud } from '../cloud'
import { hole } from '../fragments'
import { contractBody } from '../known/shapes'
import { limitBody, partnerBody } from '../inferred/shapes'
import { wire } from '../profile'
import { UNITS_PER_KOPECK } from '../ledger'
import { addStaff } from './people'

/** Numbers of contracts without a client; clients' contracts carry the number of their client. */
export const LOOSE_CONTRACTS = 50_000_000
const DAY = 86_400_000

/** What is there before the first client: partners, their people, plans, contracts that are still free. */
export function addPartners(cloud: Cloud): void {
  const random = seededRandom(cloud.seed, 'frame')
  addStaff(cloud, random)
  addPlans(cloud, random)
  for (const partner of cloud.partners) addPartner(cloud, random, partner)
  for (let at = 0; at < 3; at++) addFreeContract(cloud, random, LOOSE_CONTRACTS + at)
  addKeys(cloud, random)
}

function addPlans(cloud: Cloud, random: Random): void {
  for (const [place, plan] of cloud.plans.entries()) {
    const ctime = cloud.time.stamp(cloud.epoch - plan.age * DAY - random.int(1, 30_000_000), random)
    const { id, name } = plan
    const body = wire(cloud.profile, 'plan', { id, name, created: ctime, contracts: hole(`n${place}`) })
    cloud.store.insert('billing_plan', { id, ctime, name: name.toLowerCase(), place, body: JSON.stringify(body) })
  }
}

function addPartner(cloud: Cloud, random: Random, partner: Cloud['partners'][number]): void {
  const ctime = cloud.time.stamp(cloud.epoch - 1600 * DAY, random)
  const provider = { id: random.uuid(), name: 'Провайдер' }
  const contract = {
    ...contractBody({ id: random.uuid(), name: 'Партнёрский договор № 12/П', plan: 4, partner: provider, client: partner }),
    balance: random.int(100_000, 900_000) + 0.5,
    counterparty_right: { ...partner, entity: 'partner' },
  }
  const body = partnerBody(cloud.profile, partner, contract, cloud.catalogue.hypervisors.length)
  cloud.store.insert('partner', { id: partner.id, ctime, name: partner.name.toLowerCase(), body: JSON.stringify(body) })
}

function addFreeContract(cloud: Cloud, random: Random, n: number): void {
  const facts = { id: random.uuid(), name: `Договор № ${random.int(100, 9999)}/новый`, plan: 0, partner: cloud.partners[0]!, client: null }
  const account = {
    client: null,
    plan: 0,
    balance: random.int(0, 50_000) * 100 * UNITS_PER_KOPECK,
    rate: 0,
    settled: hourOf(cloud.clock.now()),
    prepay: 0,
  }
  const ctime = cloud.time.stamp(cloud.epoch - random.int(1, 30) * DAY, random)
  cloud.store.insert('contract', {
    n,
    id: facts.id,
    ctime,
    name: facts.name.toLowerCase(),
    ...account,
    body: JSON.stringify(contractBody(facts)),
  })
}

export function fingerprintOf(random: Random): string {
  return random.hex(32).replace(/(..)(?!$)/g, '$1:')
}

function addKeys(cloud: Cloud, random: Random): void {
  for (const [at, name] of ['Ноутбук', 'Рабочая станция'].entries()) {
    const ctime = cloud.time.stamp(cloud.epoch - (300 - at * 120) * DAY, random)
    const key = {
      id: random.uuid(),
      name,
      public_key: `ssh-ed25519 ${Buffer.from(random.hex(64)).toString('base64').slice(0, 68)} ${cloud.me.login}`,
      fingerprint: fingerprintOf(random),
    }
    cloud.store.insert('key', { id: key.id, ctime, name: name.toLowerCase(), account: cloud.me.id, body: JSON.stringify(key) })
  }
}

interface Totals {
  readonly hypervisor: number
  readonly amount: number
}

/** In the order of the profile's limit types, each by hypervisor. */
const TOTALS = [
  'SELECT hypervisor, count(*) AS amount FROM vm GROUP BY 1',
  'SELECT class >= 3 AS hypervisor, count(*) AS amount FROM disk GROUP BY 1',
  'SELECT class >= 3 AS hypervisor, sum(size) AS amount FROM disk GROUP BY 1',
  'SELECT v.hypervisor, count(*) AS amount FROM port p JOIN vdc v ON v.id = p.vdc WHERE p.external = 1 GROUP BY 1',
  'SELECT v.hypervisor, count(*) AS amount FROM network p JOIN vdc v ON v.id = p.vdc GROUP BY 1',
  'SELECT v.hypervisor, count(*) AS amount FROM router p JOIN vdc v ON v.id = p.vdc GROUP BY 1',
  'SELECT hypervisor, sum(ram) AS amount FROM vm GROUP BY 1',
  'SELECT hypervisor, sum(cpu) AS amount FROM vm GROUP BY 1',
]
/** Shares of use at the base moment: on KVM volume is over, CPU reached, IP and RAM near; on VMware only RAM is near. */
const SHARES = [
  [0.55, 0.4, 1.04, 0.93, 0.3, 0.45, 0.86, 1],
  [0.5, 0.35, 0.6, 0.5, 0.3, 0.4, 0.84, 0.62],
] as const

/** Runs after the clients, because the limits are set by what they use. */
export function addPartnerLimits(cloud: Cloud): void {
  const random = seededRandom(cloud.seed, 'partner-limits')
  const used = TOTALS.map((sql) => cloud.store.sql<[], Totals>(sql).all())
  for (const partner of cloud.partners) {
    for (const hypervisor of cloud.catalogue.hypervisors.keys()) {
      for (const [place, type] of cloud.profile.limitTypes.entries()) {
        const amount = used[place]?.find((row) => row.hypervisor === hypervisor)?.amount ?? 0
        const value = Math.max(1, Math.round(amount / SHARES[hypervisor === 0 ? 0 : 1][place]!))
        const id = random.uuid()
        const ctime = cloud.time.stamp(cloud.epoch - 400 * DAY, random)
        cloud.store.insert('partner_limit', {
          id,
          ctime,
          name: null,
          partner: partner.id,
          body: JSON.stringify(limitBody(cloud.profile, id, hypervisor, type, value)),
        })
      }
    }
  }
}
