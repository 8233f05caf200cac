import { DAY_MS, HOUR_MS } from '../../naive-time'
import { noteText, systemNoteText } from '../../words/notes'
import { ZERO_ID } from '../catalogue'
import { noteBody, type NoteFacts } from '../inferred/shapes'
import type { Named } from '../known/shapes'
import type { ClientBuilder } from './client-builder'

export const SYSTEM_AUTHOR = { id: ZERO_ID, login: 'system', username: 'Система' }
const HALF_HOUR = HOUR_MS / 2

/** On the half-hour grid of the panel's calendar; past, in the next hours or days, or further away. */
function alertMoment(builder: ClientBuilder): number {
  const { random, cloud } = builder
  const away = random.weighted([
    [-random.next() * 20 * DAY_MS, 30],
    [random.next() * 10 * HOUR_MS, 12],
    [random.next() * 3 * DAY_MS, 18],
    [random.next() * 60 * DAY_MS, 40],
  ])
  return Math.round((cloud.clock.now() + away) / HALF_HOUR) * HALF_HOUR
}

export function addNote(builder: ClientBuilder, client: Named, at: number): void {
  const { random, cloud } = builder
  const system = random.chance(0.12)
  const alert = !system && random.chance(0.4) ? alertMoment(builder) : undefined
  const own = random.chance(0.45)
  const past = alert === undefined || alert < cloud.clock.now()
  const note: NoteFacts = {
    id: random.uuid(),
    created: cloud.time.stamp(at, random),
    client,
    author: system ? SYSTEM_AUTHOR : own ? cloud.me : random.pick(cloud.colleagues),
    text: system ? systemNoteText(random) : noteText(random),
    alert: alert === undefined ? null : cloud.time.minutes(alert),
    confirmed: past && random.chance(alert === undefined ? 0.35 : 0.7),
    system,
  }
  putNote(builder, note, at)
}

export function putNote(builder: Pick<ClientBuilder, 'put' | 'cloud'>, note: NoteFacts, at: number): void {
  const flags = { system: note.system ? 1 : 0, confirmed: note.confirmed ? 1 : 0 }
  const refs = { client: note.client.id, author: note.author.id, alert: note.alert }
  builder.put('note', at, noteBody(builder.cloud.profile, note), { id: note.id, ctime: note.created, ...refs, ...flags })
}

export function addNotes(builder: ClientBuilder, client: Named, from: number): void {
  const { random, cloud } = builder
  const count = random.weighted([
    [0, 34],
    [1, 28],
    [2, 18],
    [3, 10],
    [5, 7],
    [9, 3],
  ])
  for (let at = 0; at < count; at++) addNote(builder, client, from + random.next() * (cloud.clock.now() - from))
}
