import { datasets, type Dataset } from '../../shared/domain/datasets'
import type { Client, Contract, Note, Payment, Project } from '../../shared/domain/entities'
import { AppError } from '../../shared/errors'
import type { Capabilities, PlatformAdapter } from '../../electron/core/platforms/port/core'
import type { Page, PageRequest, Sideload } from '../../electron/core/platforms/port/reads'

export const client = (id: string, more: Partial<Client> = {}): Client => ({
  ...{
    id,
    name: `Клиент ${id}`,
    createdAt: 1_700_000_000_000,
    partner: null,
    contractId: null,
    projects: 1,
    internetMbit: null,
    lanMbit: null,
  },
  ...{ paymentModel: 'prepay', paymentMethods: [], billingEnabled: null, hypervisors: [], contacts: [], extra: {} },
  ...more,
})
export const contract = (id: string, clientId: string, minor: number): Contract => ({
  ...{ id, name: `Договор ${id}`, createdAt: null, balance: { minor, currency: 'RUB' }, plan: { id: 'plan', name: 'Базовый' }, left: null },
  ...{ right: { id: clientId, name: '', entity: 'client' }, inactive: false, isNew: false, extra: {} },
})
export const project = (id: string, clientId: string): Project => ({ id, name: `Проект ${id}`, clientId, locked: false, extra: {} })
export const note = (id: string, clientId: string, more: Partial<Note> = {}): Note => ({
  ...{
    id,
    clientId,
    createdAt: 1,
    modifiedAt: 1,
    authorId: null,
    authorName: null,
    text: `Примечание ${id}`,
    alertAt: null,
    confirmed: false,
    system: false,
    extra: {},
  },
  ...more,
})

export const capabilitiesWith = (offered: readonly Dataset[], more: Partial<Capabilities['datasets']> = {}): Capabilities => {
  const one = (dataset: Dataset) => ({
    offered: offered.includes(dataset),
    certainty: 'known' as const,
    reason: offered.includes(dataset) ? null : new AppError('not-offered', 'scripted').toData(),
    walk: dataset === 'statistics' ? ('window' as const) : ('collection' as const),
  })
  const of = Object.fromEntries(datasets.map((dataset) => [dataset, one(dataset)])) as Capabilities['datasets']
  return { datasets: { ...of, ...more }, writes: { notes: { offered: true, certainty: 'known', reason: null } }, pageSize: null }
}

interface Row {
  id: string
  extra: Record<string, unknown>
}
export interface ScriptedPlatform {
  adapter: PlatformAdapter
  lists: Partial<Record<Dataset, Row[]>>
  /** Runs before each page is answered: may change the lists, or throw. */
  before: (request: PageRequest, asked: number) => void
  /** Changes an answer on its way. */
  after: <T>(page: Page<T> & { sideload: Sideload }, request: PageRequest) => Page<T> & { sideload: Sideload }
  sideload: (rows: Row[]) => Sideload
  ping: () => Promise<{ at: number }>
  asked: number
  inFlight: number
  mostInFlight: number
  now: () => number
}

/** A platform in memory, by the port: lists that a test may change between any two pages. */
export const scriptedPlatform = (pageSize = 3): ScriptedPlatform => {
  const platform: ScriptedPlatform = {
    lists: {},
    before: () => undefined,
    after: (page) => page,
    sideload: () => ({}),
    ping: () => Promise.resolve({ at: platform.now() }),
    now: () => Date.now(),
    ...{ asked: 0, inFlight: 0, mostInFlight: 0 },
    adapter: undefined as never,
  }
  const page = async (request: PageRequest): Promise<Page<Row> & { sideload: Sideload }> => {
    platform.asked++
    platform.mostInFlight = Math.max(platform.mostInFlight, ++platform.inFlight)
    try {
      await new Promise((resolve) => setImmediate(resolve))
      if (request.signal.aborted) throw new AppError('cancelled', 'stopped')
      platform.before(request, platform.asked)
      return platform.after(slice(platform, request, pageSize), request)
    } finally {
      platform.inFlight--
    }
  }
  const refuse = () => Promise.reject(new AppError('not-offered', 'scripted'))
  platform.adapter = {
    page: page as PlatformAdapter['page'],
    ping: () => platform.ping(),
    probe: refuse,
    close: () => undefined,
  }
  return platform
}

const slice = (platform: ScriptedPlatform, request: PageRequest, pageSize: number): Page<Row> & { sideload: Sideload } => {
  const number = Number(request.cursor ?? '0')
  const all = platform.lists[request.dataset] ?? []
  const items = all.slice(number * pageSize, (number + 1) * pageSize)
  const ended = items.length === 0 || (number + 1) * pageSize >= all.length
  const sideload = request.dataset === 'clients' ? platform.sideload(items) : {}
  return { items, total: all.length, unreadable: [], partial: [], next: ended ? null : String(number + 1), at: platform.now(), sideload }
}
export const payment = (id: string, more: Partial<Payment> = {}): Payment => ({
  ...{ id, createdAt: 1, transaction: `Пополнение ${id}`, amount: { minor: 100, currency: 'RUB' }, contract: null },
  ...{ method: 'Безналичный расчёт', status: 'Успешно', extra: {} },
  ...more,
})
