import type { Client, Contract } from '@shared/domain/entities'

/** Clients with their contracts as an adapter would deliver them: seeded, so that every run has the same rows. */
export interface ClientWithContract {
  client: Client
  contract: Contract
}

const forms = ['ООО', 'АО', 'ИП', 'ПАО', 'НКО']
const heads =
  'Север Восток Запад Лазурь Янтарь Кедр Рубин Полюс Вектор Орион Родник Маяк Горизонт Сокол Берег Заря Спектр Гранит Ладога Байкал'.split(
    ' ',
  )
const tails =
  'Телеком Строй Транс Медиа Агро Снаб Логистика Сервис Проект Энерго Фарм Мебель Аналитика Консалт Софт Дизайн Лаб Групп Ресурс Плюс'.split(
    ' ',
  )
const people = 'Соколова Ершов Тихонов Лебедева Кравцов Ильина Громов Носова Ветров Белкина'.split(' ')

const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0 || 1
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296
}
const hex = (random: () => number, length: number): string => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')
const uuid = (random: () => number): string => [8, 4, 4, 4, 12].map((length) => hex(random, length)).join('-')
const pick = (random: () => number, from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? ''

const HYPERVISORS = [
  { id: 'hv-kvm', name: 'KVM', type: 'kvm' },
  { id: 'hv-vmware', name: 'VMware', type: 'vmware' },
]
const BEGIN = Date.UTC(2022, 0, 1)

const oneClient = (random: () => number, n: number): ClientWithContract => {
  const id = uuid(random)
  const contractId = uuid(random)
  const name = `${pick(random, forms)} «${pick(random, heads)}-${pick(random, tails)} ${String(n)}»`
  const person = pick(random, people)
  const contact = {
    id: uuid(random),
    username: person,
    email: `user${String(n)}@client-${String(n)}.example`,
    phone: `+7 900 ${String(1_000_000 + n)}`,
  }
  const plan = { id: `plan-${String(n % 40)}`, name: `Тариф ${String((n % 40) + 1)}` }
  const createdAt = BEGIN + Math.floor(random() * 126_000_000) * 1000
  const client: Client = {
    id,
    name,
    createdAt,
    partner: { id: 'partner-1', name: 'Партнёр «Облачный дом»' },
    contractId,
    projects: 1 + (n % 4),
    internetMbit: 100,
    lanMbit: 1000,
    paymentModel: n % 3 === 0 ? 'prepay' : 'postpay',
    paymentMethods: [],
    billingEnabled: true,
    hypervisors: HYPERVISORS,
    contacts: [contact],
    extra: {},
  }
  const contract: Contract = {
    id: contractId,
    name: `Д-${String(2022 + (n % 5))}/${String(n).padStart(6, '0')}`,
    createdAt,
    balance: { minor: Math.floor(random() * 20_000_000) - 4_000_000, currency: 'RUB' },
    plan,
    left: { id: 'partner-1', name: 'Партнёр «Облачный дом»', entity: 'partner' },
    right: { id, name, entity: 'client' },
    inactive: false,
    isNew: false,
    extra: {},
  }
  return { client, contract }
}

export const manyClients = (count: number, seed = 7): ClientWithContract[] => {
  const random = randomFrom(seed)
  return Array.from({ length: count }, (_, n) => oneClient(random, n + 1))
}

/** The same clients a day later: every balance moved, and every tenth client has a new name. */
export const changed = (rows: readonly ClientWithContract[]): ClientWithContract[] =>
  rows.map(({ client, contract }, n) => ({
    client: n % 10 === 0 ? { ...client, name: `${client.name} (новое имя)` } : { ...client, projects: (client.projects ?? 0) + 1 },
    contract: { ...contract, balance: { minor: (contract.balance?.minor ?? 0) - 12_345, currency: 'RUB' } },
  }))

export const inBatches = <T>(rows: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, n) => rows.slice(n * size, (n + 1) * size))
