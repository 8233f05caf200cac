import { seededRandom, type Random } from '../../random'
import { phone } from '../../words/people'
import { attachments, moreText, ticketText } from '../../words/tickets'
import type { Cloud, Moment } from '../cloud'
import { wire, wireName } from '../profile'
import { bodyOf, rewrite } from '../rows'
import type { StoredRow } from '../store'

interface TicketFacts {
  readonly at: number
  readonly cn: number
  readonly account: StoredRow
  readonly project: StoredRow | undefined
}

const TOPICS = [
  [0, 46],
  [1, 16],
  [2, 12],
  [3, 8],
  [4, 15],
  [5, 3],
] as const

function putTicket(cloud: Cloud, random: Random, { at, cn, account, project }: TicketFacts): string {
  const { profile, time, store } = cloud
  const id = random.uuid()
  const created = time.stamp(at, random)
  const place = random.weighted(TOPICS)
  const topic = profile.ticketTopics[place]!
  const { login, username } = bodyOf(account) as { login: string; username: string }
  const body = wire(profile, 'ticket', {
    ...{ id, created, modified: created, topic, text: ticketText(random, place) },
    account: { id: account.id, login, username },
    project: project === undefined ? null : { id: project.id, name: String(bodyOf(project)['name']) },
    contacts: random.chance(0.5) ? phone(random) : '',
    attachments: attachments(random).map((name) => ({ id: random.uuid(), name })),
  })
  const columns = { id, ctime: created, name: null, account: account.id, project: project?.id ?? null, topic, cn }
  store.insert('ticket', { ...columns, body: JSON.stringify(body) })
  return id
}

/** One more of a client's users; undefined where it has none. */
export function addTicket({ cloud, random, at }: Moment, cn: number): string | undefined {
  const [accounts, projects] = [cloud.store.rowsBy('account', 'cn', cn), cloud.store.rowsBy('project', 'cn', cn)]
  if (accounts.length === 0) return undefined
  const project = projects.length === 0 ? undefined : random.pick(projects)
  return putTicket(cloud, random, { at, cn, account: random.pick(accounts), project })
}

/** What a client has asked so far, by its own dice. */
export function addTickets(cloud: Cloud, client: StoredRow): void {
  const random = seededRandom(cloud.seed, 'tickets', client.n)
  const birth = cloud.time.parse(client.ctime) ?? cloud.epoch
  const count = random.weighted([
    [0, 40],
    [1, 30],
    [2, 18],
    [4, 9],
    [8, 3],
  ])
  const moments = Array.from({ length: count }, () => birth + random.next() * (cloud.clock.now() - birth)).sort((a, b) => a - b)
  for (const at of moments) addTicket({ cloud, random, at }, client.n)
}

/** Somebody adds to a ticket, or it turns out to be about something else. */
export function changeTicket({ cloud, random, at }: Moment, row: StoredRow): void {
  const { profile, time } = cloud
  const modified = time.stamp(at, random)
  if (random.chance(0.2)) {
    const topic = random.pick(profile.ticketTopics)
    rewrite(cloud, 'ticket', row, wire(profile, 'ticket', { topic, modified }), { topic })
    return
  }
  const text = `${String(bodyOf(row)[wireName(profile, 'ticket', 'text')])}\n${moreText(random)}`.slice(-2000)
  rewrite(cloud, 'ticket', row, wire(profile, 'ticket', { text, modified }))
}
