import { DAY_MS } from '../../naive-time'
import { seededRandom, type Random } from '../../random'
import type { Cloud, OwnAccount, Moment } from '../cloud'
import { wire } from '../profile'
import { bodyOf } from '../rows'
import type { StoredRow } from '../store'

interface EventFacts {
  readonly at: number
  readonly who: OwnAccount
  readonly action: string
  readonly object: { readonly kind: string; readonly row: StoredRow }
  readonly text: string
}

/** What the partner's administrators do with a client or its contract. */
const ACTIONS: readonly (readonly [{ action: string; dataset: 'client' | 'contract' | 'account'; text: string }, number])[] = [
  [{ action: 'Изменение лимитов', dataset: 'client', text: 'Изменены лимиты клиента' }, 20],
  [{ action: 'Изменение клиента', dataset: 'client', text: 'Изменены основные настройки' }, 16],
  [{ action: 'Корректировка баланса', dataset: 'contract', text: 'Баланс контракта изменён' }, 14],
  [{ action: 'Смена тарифного плана', dataset: 'contract', text: 'Контракту назначен другой тарифный план' }, 8],
  [{ action: 'Сброс пароля', dataset: 'account', text: 'Пользователю отправлен новый пароль' }, 12],
  [{ action: 'Вход под пользователем', dataset: 'account', text: 'Администратор вошёл под учётной записью пользователя' }, 10],
  [{ action: 'Создание токена', dataset: 'account', text: 'Создан токен API' }, 5],
  [{ action: 'Приглашение пользователя', dataset: 'client', text: 'Отправлено приглашение' }, 9],
]

function putEvent(cloud: Cloud, random: Random, { at, who, action, object, text }: EventFacts): string {
  const id = random.uuid()
  const created = cloud.time.stamp(at, random)
  const { name, login } = bodyOf(object.row) as { name?: string; login?: string }
  const shown = wire(cloud.profile, 'eventObject', {
    kind: object.kind,
    id: object.row.id,
    name: name ?? login ?? '',
  })
  const account = { id: who.id, login: who.login, username: who.username }
  const columns = { id, ctime: created, name: null, account: who.id }
  cloud.store.insert('event', {
    ...columns,
    body: JSON.stringify(wire(cloud.profile, 'event', { id, created, account, action, object: shown, text })),
  })
  return id
}

/** An administrator of the partner does something; undefined where there is nothing to do it with. */
export function addEvent({ cloud, random, at }: Moment, row?: StoredRow): string | undefined {
  const { action, dataset, text } = random.weighted(row === undefined ? ACTIONS : ACTIONS.filter(([one]) => one.dataset === 'client'))
  const object = row ?? anyOf(cloud, random, dataset)
  if (object === undefined) return undefined
  const who = random.chance(0.5) ? cloud.me : random.pick(cloud.colleagues)
  return putEvent(cloud, random, { at, who, action, object: { kind: dataset, row: object }, text })
}

function anyOf({ store }: Cloud, random: Random, dataset: 'client' | 'contract' | 'account'): StoredRow | undefined {
  const last = store.sql<[], { last: number | null }>(`SELECT max(n) AS last FROM "${dataset}"`).get()?.last ?? 0
  return store.sql<[number], StoredRow>(`SELECT * FROM "${dataset}" WHERE n >= ? ORDER BY n LIMIT 1`).get(random.int(1, Math.max(1, last)))
}

/** What was done with a client so far, by its own dice. */
export function addEvents(cloud: Cloud, client: StoredRow): void {
  const random = seededRandom(cloud.seed, 'events', client.n)
  const birth = Math.max(cloud.time.parse(client.ctime) ?? cloud.epoch, cloud.epoch - 365 * DAY_MS)
  const count = random.int(0, 6)
  const moments = Array.from({ length: count }, () => birth + random.next() * (cloud.clock.now() - birth)).sort((a, b) => a - b)
  for (const at of moments) addEvent({ cloud, random, at }, client)
}
