import type { AlertRow, NoteRow } from '@shared/ipc/notes'
import type { CommandField } from '@shared/domain/commands'
import type { OutboxRow } from '@shared/ipc/outbox'
import { clientId, CONNECTION, indexOfClient, makeClient, NOW } from './clients'

const HOUR = 3_600_000
const texts: [string, number | null, string | null][] = [
  ['Подготовить расчёт переноса 1С: 16 vCPU, 64 ГБ RAM, 400 ГБ SSD', -52, 'Павел Ермаков'],
  ['Баланс ниже нуля, позвонить в бухгалтерию и согласовать дату оплаты', -22, null],
  ['Проверить, что новый администратор вошёл и видит проекты', -3, null],
  ['Созвон по продлению контракта, подготовить расход за полгода', 0.7, null],
  ['Снять временный лимит IP после миграции', 1.2, 'Ольга Жданова'],
  ['Отправить отчёт по виртуальным машинам', 3.2, null],
  ['Счёт на ноябрь: напомнить Марине, доб. 214', 19, null],
  ['Акция «Осень KVM» заканчивается 30 ноября, предупредить о цене', 44, null],
  ['Вернуть лимит RAM на 256 ГБ, если нагрузка упала', 110, 'Павел Ермаков'],
  ['Просили счёт на ноябрь до 20-го. Контакт по оплате: Марина, доб. 214.', null, null],
]

export const makeNotes = () => {
  const rows: NoteRow[] = texts.map(([text, hours, author], i) => ({
    connectionId: CONNECTION,
    id: `n-${i}`,
    uid: `n-${i}`,
    clientId: clientId(i % 4 === 0 ? 0 : i * 3),
    clientName: makeClient(i % 4 === 0 ? 0 : i * 3).name,
    createdAt: NOW - (i + 1) * 26 * HOUR,
    authorId: author ? 'a-2' : 'a-1',
    authorName: author ?? 'Ирина Соколова',
    own: author === null,
    text,
    alertAt: hours === null ? null : NOW + hours * HOUR,
    confirmed: false,
    system: false,
    pending: null,
  }))
  let next = 100
  const of = (id: string): NoteRow[] => {
    const mine = rows.filter((row) => row.clientId === id)
    const system: NoteRow = {
      ...(rows[0] as NoteRow),
      id: `s-${id}`,
      uid: `s-${id}`,
      clientId: id,
      clientName: makeClient(indexOfClient(id)).name,
      system: true,
      own: false,
      authorId: null,
      authorName: null,
      alertAt: null,
      text: 'Лимит CPU увеличен с 96 до 128 по заявке клиента, согласовано с провайдером.',
    }
    return [...mine, system]
  }
  const put = (row: NoteRow): NoteRow => {
    const at = rows.findIndex((other) => other.id === row.id)
    if (at < 0) rows.unshift(row)
    else rows[at] = row
    return row
  }
  const create = (id: string, text: string, alertAt: number | null): NoteRow =>
    put({
      ...(rows[1] as NoteRow),
      id: `local:${next}`,
      uid: `local:${next++}`,
      clientId: id,
      clientName: makeClient(indexOfClient(id)).name,
      createdAt: Date.now(),
      text,
      alertAt,
      confirmed: false,
      pending: { state: 'pending', kind: 'create', commandId: `o-${next}`, error: null },
    })
  const alerts = (): AlertRow[] =>
    rows
      .filter((row) => row.alertAt !== null)
      .map((note) => ({
        note,
        dueAt: note.alertAt ?? 0,
        snoozedUntil: null,
        state: note.confirmed ? ('done' as const) : (note.alertAt ?? 0) <= NOW ? ('due' as const) : ('upcoming' as const),
        unopened: (note.alertAt ?? 0) <= NOW,
      }))
      .sort((a, b) => a.dueAt - b.dueAt)
  const remove = (id: string): void =>
    void rows.splice(
      rows.findIndex((row) => row.id === id),
      1,
    )
  return { rows, of, put, create, alerts, remove }
}

interface Fields {
  text: string
  alertAt: number | null
  confirmed: boolean
}
const sides = (mine: Fields, base: Fields | null, theirs: Fields | null): Pick<OutboxRow, 'fields' | 'known' | 'words'> => {
  const of = (key: keyof Fields, kind: CommandField['kind']): CommandField => ({
    key,
    kind,
    label: null,
    unit: null,
    base: base?.[key] ?? null,
    mine: mine[key],
    theirs: theirs?.[key] ?? null,
  })
  const fields = [of('text', 'text'), of('alertAt', 'moment'), of('confirmed', 'flag')]
  return { fields, known: { base: base !== null, theirs: theirs !== null }, words: mine.text }
}
const SEEN: Fields = { text: 'Позвонить Марине до 20-го', alertAt: NOW + 20 * HOUR, confirmed: false }
const TYPED: Fields = { text: 'Позвонить Марине до 18-го, согласовать лимит RAM', alertAt: NOW + 19 * HOUR, confirmed: false }
const command = (i: number, state: OutboxRow['state'], more: Partial<OutboxRow>): OutboxRow => ({
  id: `o-${i}`,
  connectionId: CONNECTION,
  connectionName: 'Северный ЦОД',
  kind: 'note.update',
  state,
  clientId: clientId(i * 3),
  clientName: makeClient(i * 3).name,
  subject: { dataset: 'notes', id: `n-${i}` },
  createdAt: NOW - i * 900_000,
  attempts: 1,
  nextTryAt: null,
  settlesAt: null,
  error: null,
  lastSentAt: NOW - i * 600_000,
  live: false,
  batchId: null,
  ...sides(TYPED, SEEN, null),
  ...more,
})
export const makeOutbox = (): OutboxRow[] => [
  command(1, 'conflict', sides(TYPED, SEEN, { text: 'Позвонить Марине до 20-го, доб. 214', alertAt: NOW + 44 * HOUR, confirmed: false })),
  command(2, 'blocked', {
    kind: 'note.create',
    ...sides(TYPED, null, null),
    error: { code: 'blocked', message: '', retryable: false, details: {} },
  }),
  command(3, 'pending', { kind: 'note.create', ...sides(TYPED, null, null), nextTryAt: NOW + 24_000 }),
  command(4, 'pending', { kind: 'note.confirm', nextTryAt: NOW + 24_000 }),
]
