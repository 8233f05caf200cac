import { datasets, type Dataset } from '@shared/domain/datasets'
import type { EntityOf } from '@shared/domain/entities'
import { AppError } from '@shared/errors'
import type { HttpAnswer, Transport } from '../http'
import { capabilityOf, type Capabilities, type Capability, type DatasetCapability, type ProbeReport, type WalkShape } from '../port/core'
import type { PageRequest } from '../port/reads'
import { isRaw, RowReader, UnreadableRow } from '../row-reader'
import { isKnown, limitPaths, notePaths, type Lists } from './api'
import { inferredLists } from './inferred-lists'
import { accountOf } from './map-inferred'
import { largestPage } from './page-size'
import type { ListAnswer } from './paging'
import { isRefusal } from './ports'
import type { RustackProfile } from './profile'

export interface Probing {
  transport: Transport
  lists: Lists
  profile: RustackProfile
  zone: number
  clock: { now(): number }
  signal: AbortSignal
}
const DAY_MS = 86_400_000
const TRIES = 4
const AT_ONCE = 3

/**
 * Token first, then the list that everything hangs on, then each feature with one request. Of what a profile guesses, what
 * is refused for good is off, with the reason; what only failed for a moment counts as offered, and its walk will tell. So
 * does the walk of what the vendor states, always.
 */
export const probe = async (probing: Probing): Promise<ProbeReport> => {
  const { transport, signal, clock } = probing
  const me = await insist(() => transport.send({ method: 'GET', path: '/v1/account/me', signal }), signal)
  const account = accountFrom(me.json)
  const clients = await firstClients(probing)
  return {
    capabilities: {
      ...(await capabilitiesOf(probing, clients && firstId(clients))),
      pageSize: clients && (await largestPage(probing, clients)),
    },
    account,
    clockSkewMs: skewOf(me, clock),
    clients: clients?.total ?? null,
  }
}

const skewOf = (answer: HttpAnswer, clock: { now(): number }): number | null => (answer.dated ? answer.at - clock.now() : null)

const accountFrom = (json: unknown): Pick<EntityOf['accounts'], 'id' | 'login' | 'username'> => {
  try {
    if (isRaw(json)) return accountOf(new RowReader(json, 0))
  } catch (error) {
    if (!(error instanceof UnreadableRow)) throw error
  }
  throw new AppError('bad-answer', 'the account cannot be read')
}

/** null: this account may not read the list of clients; its capability says why. */
const firstClients = async ({ lists, signal }: Probing): Promise<ListAnswer | null> => {
  try {
    return await insist(() => lists.plain({ path: '/v1/client', query: {}, signal }, 1), signal)
  } catch (error) {
    if (isRefusal(AppError.from(error))) return null
    throw error
  }
}
const firstId = ({ items }: ListAnswer): string | null => {
  for (const item of items) {
    const id = isRaw(item) ? new RowReader({ ref: item['id'] ?? null }, 0).ref('ref') : null
    if (id) return id.id
  }
  return null
}

const capabilitiesOf = async (probing: Probing, clientId: string | null): Promise<Omit<Capabilities, 'pageSize'>> => {
  const found = new Map<Dataset, DatasetCapability>()
  const waiting = [...datasets]
  const lane = async (): Promise<void> => {
    for (let dataset = waiting.shift(); dataset; dataset = waiting.shift())
      found.set(dataset, await datasetCapability(probing, dataset, clientId))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  const lists = { datasets: Object.fromEntries(found) }
  const ask = (dataset: Dataset, pathOf: (clientId: string) => string): Promise<Capability> => {
    const { offered, certainty, reason } = capabilityOf(lists, dataset)
    const list = { offered, certainty, reason }
    return offered && clientId !== null ? writing(probing, list, pathOf(clientId)) : Promise.resolve(list)
  }
  const writes = {
    notes: await ask('notes', notePaths(probing.profile).ofClient),
    limits: await ask('limits', limitPaths(probing.profile).ofClient),
    // Stated by the vendor's own clients; whether this account may, the answer to an order tells.
    power: { offered: true, certainty: 'known', reason: null } as const,
  }
  return { ...lists, writes }
}

const datasetCapability = async (probing: Probing, dataset: Dataset, clientId: string | null): Promise<DatasetCapability> => {
  const owned = dataset === 'limits' || dataset === 'notes'
  if (dataset === 'statistics') return { ...(await listCapability(probing, { dataset })), walk: 'window' }
  if (dataset !== 'limits') {
    const collection = await listCapability(probing, { dataset })
    if (collection.offered || !owned) return { ...collection, walk: inferredLists[dataset]?.grows ? 'append' : 'collection' }
  }
  const walk: WalkShape = 'per-owner'
  // With no client to ask about, nothing is known against it, and nothing will be asked.
  if (clientId === null) return { offered: true, certainty: 'inferred', reason: null, walk }
  return { ...(await listCapability(probing, { dataset, ownerId: clientId })), walk }
}

const listCapability = async (probing: Probing, asked: { dataset: Dataset; ownerId?: string }): Promise<Capability> => {
  const { lists, clock, signal } = probing
  const certainty = isKnown(asked.dataset) ? 'known' : 'inferred'
  const now = clock.now()
  const request: PageRequest = {
    ...asked,
    cursor: null,
    signal,
    ...(asked.dataset === 'statistics' ? { from: now - DAY_MS, to: now, resolution: 'day' as const } : {}),
  }
  try {
    await insist(() => lists.page(lists.requestOf(request)), signal)
    return { offered: true, certainty, reason: null }
  } catch (error) {
    return refusal(AppError.from(error), certainty, signal)
  }
}

const refusal = (error: AppError, certainty: Capability['certainty'], signal: AbortSignal): Capability => {
  if (error.code === 'unauthorized' || signal.aborted) throw error
  return { offered: certainty === 'known' || !isRefusal(error), certainty, reason: error.toData() }
}

/** Writing is asked for with OPTIONS: its `Allow` tells without writing. No `Allow` proves nothing. */
const writing = async ({ transport, signal }: Probing, list: Capability, path: string): Promise<Capability> => {
  const { offered, certainty } = list
  try {
    const answer = await insist(() => transport.send({ method: 'OPTIONS', path, signal }), signal)
    const allow = answer.header('allow')
    if (allow === null || /\bPOST\b/i.test(allow)) return { offered, certainty, reason: null }
    return { offered: false, certainty: 'inferred', reason: new AppError('not-offered', 'the list can only be read', { allow }).toData() }
  } catch (error) {
    const coded = AppError.from(error)
    // A deployment may refuse OPTIONS and still take a row.
    return coded.code === 'not-offered' ? { offered, certainty, reason: list.reason } : refusal(coded, 'inferred', signal)
  }
}

/** A short repetition against a hiccup; a platform that is not there at all is told at once. */
const insist = async <T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> => {
  for (let attempt = 1; ; attempt++)
    try {
      return await ask()
    } catch (error) {
      const coded = AppError.from(error)
      if (!coded.retryable || coded.code === 'timeout' || attempt >= TRIES || signal.aborted) throw coded
      await new Promise((resolve) => setTimeout(resolve, 150 * attempt))
    }
}
