import { DAY_MS, hourOf } from '../../naive-time'
import { seededRandom, type Random } from '../../random'
import { company } from '../../words/companies'
import type { Cloud } from '../cloud'
import { clientBody, contractBody, type ClientFacts } from '../known/shapes'
import { addLimits } from './limits'
import { UNITS_PER_KOPECK } from '../ledger'
import { addNotes } from './notes'
import { addPayments } from './payments'
import { addUsers } from './people'
import { clientBuilder, type ClientBuilder } from './client-builder'
import { addDeparted, addProject, momentIn } from './projects'

/** Clients come faster with the years: the square root bends the line. */
function birthOf(cloud: Cloud, random: Random): number {
  return cloud.epoch - Math.max(0.2, (1 - Math.sqrt(random.next())) * 1500) * DAY_MS
}

function factsOf(cloud: Cloud, random: Random, birth: number) {
  const who = company(random)
  const prepay = who.kind === 'sole' ? random.chance(0.8) : random.chance(0.35)
  const hypervisors = random.weighted([
    [[0], 62],
    [[1], 20],
    [[0, 1], 18],
  ])
  const client: ClientFacts = {
    id: random.uuid(),
    name: who.name,
    ctime: cloud.time.stamp(birth, random),
    partner: random.int(0, cloud.partners.length - 1),
    internet: random.weighted([
      [10, 30],
      [50, 20],
      [100, 30],
      [500, 8],
      [0, 12],
    ]),
    lan: random.weighted([
      [1000, 80],
      [100, 10],
      [10000, 10],
    ]),
    hypervisors,
    prepay,
  }
  const plan = random.weighted(cloud.plans.map((_, at) => [at, at > 9 ? 1 : 12 - at] as const))
  const contract = { id: random.uuid(), name: `Договор № ${random.int(100, 9999)}/${client.ctime.slice(2, 4)}` }
  return { who, client, plan, contract }
}

/** A few clients are hundreds of times larger than most. */
function serverCount(random: Random): number {
  if (random.chance(0.14)) return 0
  return Math.min(90, Math.floor(1.15 * Math.pow(Math.max(random.next(), 1e-6), -0.6) + 0.85))
}

function openingBalance(builder: ClientBuilder, prepay: boolean): number {
  const month = (builder.rate() * 30) / 100
  const months = prepay
    ? builder.random.weighted([
        [builder.random.next() * 3, 88],
        [-0.02, 5],
        [0.05, 7],
      ])
    : builder.random.weighted([
        [-builder.random.next() * 1.5, 85],
        [-3, 4],
        [0.4, 11],
      ])
  const spare = builder.random.int(0, prepay ? 90_000 : 20_000)
  return Math.round(months * month + spare) * UNITS_PER_KOPECK
}

export interface NewClient {
  readonly id: string
  readonly plan: number
  readonly cn: number
}

/** The whole client number `cn`, the same for the same seed whatever the number of clients. */
export function addClient(cloud: Cloud, cn: number, born?: number): NewClient {
  const random = seededRandom(cloud.seed, 'client', cn)
  const birth = born ?? birthOf(cloud, random)
  const { who, client, plan, contract } = factsOf(cloud, random, birth)
  const builder = clientBuilder(cloud, cn, cloud.rates[plan]!, random)
  builder.book(birth, { clients: 1 })
  const contacts = addUsers(builder, client, who, birth)
  const servers = born === undefined ? serverCount(random) : random.int(0, 1)
  const projects = (servers > 4 && random.chance(0.5)) || random.chance(0.05) ? 2 : 1
  for (let at = 0; at < projects; at++)
    addProject(
      builder,
      { client, contract, servers: Math.floor((servers + at) / projects), first: at === 0 },
      at === 0 ? birth : momentIn(builder, birth),
    )
  if (born === undefined) addDeparted(builder, birth)
  addNotes(builder, client, birth)
  addContract(builder, { client, plan, contract, prepay: client.prepay }, birth)
  addPayments(cloud, { cn, contract, prepay: client.prepay }, birth)
  const [first] = contacts
  const emails = first === undefined ? [] : [{ id: first.id, username: first.username, email: first.email, phone: first.phone }]
  const columns = {
    n: cn,
    id: client.id,
    ctime: client.ctime,
    name: client.name.toLowerCase(),
    partner: cloud.partners[client.partner]!.id,
    contract: contract.id,
  }
  cloud.store.insert('client', {
    ...columns,
    hypervisor: client.hypervisors[0]!,
    body: JSON.stringify(clientBody(client, projects, emails)),
  })
  addLimits(builder, client, client.hypervisors[0]!, builder.used(), birth)
  return { id: client.id, plan, cn }
}

function addContract(
  builder: ClientBuilder,
  facts: { client: ClientFacts; plan: number; contract: { id: string; name: string }; prepay: boolean },
  at: number,
): void {
  const { cloud } = builder
  const { client, plan, contract, prepay } = facts
  const partner = cloud.partners[client.partner]!
  const body = JSON.stringify(contractBody({ ...contract, plan, partner, client }))
  const account = {
    plan,
    balance: openingBalance(builder, prepay),
    rate: builder.rate(),
    settled: hourOf(cloud.clock.now()),
    prepay: prepay ? 1 : 0,
  }
  const columns = {
    n: builder.cn,
    id: contract.id,
    ctime: cloud.time.stamp(at, builder.random),
    name: contract.name.toLowerCase(),
    client: client.id,
  }
  cloud.store.insert('contract', { ...columns, ...account, body })
}
