import { datasets, type Dataset } from '@shared/domain/datasets'
import { AppError } from '@shared/errors'
import type { HttpAnswer, Transport } from '../http'
import type { Capabilities, Capability, DatasetCapability, PageRequest, ProbeReport, WalkShape } from '../port'
import { getPage, isKnown, listPath, listQuery, notePaths } from './api'
import { AccountDto, ClientDto } from './dto'
import type { RustackProfile } from './profile'

interface Probing {
  transport: Transport
  profile: RustackProfile
  zone: number
  clock: { now(): number }
  signal: AbortSignal
}
const DAY_MS = 86_400_000
const TRIES = 4
const AT_ONCE = 3

/**
 * Token first, then the list that everything hangs on, then each feature with one request. What is refused for good is
 * off, with the reason; what only failed for a moment counts as offered, and its walk will tell.
 */
export const probe = async (probing: Probing): Promise<ProbeReport> => {
  const { transport, signal, clock } = probing
  const me = await insist(() => transport.send({ method: 'GET', path: '/v1/account/me', signal }), signal)
  const account = AccountDto.safeParse(me.json)
  if (!account.success) throw new AppError('bad-answer', 'the account cannot be read')
  const clients = await insist(
    () => getPage(transport, { path: '/v1/client', query: listQuery({ dataset: 'clients' }, probing), cursor: null, signal }, clock),
    signal,
  )
  const first = ClientDto.safeParse(clients.items[0])
  const { id, login, username } = account.data
  return {
    capabilities: await capabilitiesOf(probing, first.success ? first.data.id : null),
    account: { id, login, username: username ?? null },
    clockSkewMs: skewOf(me, clock),
    clients: clients.total,
  }
}

const skewOf = (answer: HttpAnswer, clock: { now(): number }): number | null => (answer.dated ? answer.at - clock.now() : null)

const capabilitiesOf = async (probing: Probing, clientId: string | null): Promise<Capabilities> => {
  const found = new Map<Dataset, DatasetCapability>()
  const waiting = [...datasets]
  const lane = async (): Promise<void> => {
    for (let dataset = waiting.shift(); dataset; dataset = waiting.shift())
      found.set(dataset, await datasetCapability(probing, dataset, clientId))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  const of = Object.fromEntries(found) as Record<Dataset, DatasetCapability>
  return { datasets: of, noteWrites: await noteWriting(probing, of.notes, clientId) }
}

const datasetCapability = async (probing: Probing, dataset: Dataset, clientId: string | null): Promise<DatasetCapability> => {
  const collection = await listCapability(probing, { dataset })
  const owned = dataset === 'notes' || dataset === 'limits'
  if (collection.offered || !owned || clientId === null)
    return { ...collection, walk: owned && !collection.offered ? 'per-owner' : 'collection' }
  const walk: WalkShape = 'per-owner'
  return { ...(await listCapability(probing, { dataset, ownerId: clientId })), walk }
}

const listCapability = async (probing: Probing, asked: { dataset: Dataset; ownerId?: string }): Promise<Capability> => {
  const { transport, profile, zone, clock, signal } = probing
  const certainty = isKnown(asked.dataset) ? 'known' : 'inferred'
  const now = clock.now()
  const request: PageRequest = {
    ...asked,
    cursor: null,
    signal,
    ...(asked.dataset === 'statistics' ? { from: now - DAY_MS, to: now, resolution: 'day' as const } : {}),
  }
  try {
    const [path, query] = [listPath(request, profile), listQuery(request, { profile, zone })]
    await insist(() => getPage(transport, { path, query, cursor: null, signal }, clock), signal)
    return { offered: true, certainty, reason: null }
  } catch (error) {
    return refusal(AppError.from(error), certainty, signal)
  }
}

const refusal = (error: AppError, certainty: Capability['certainty'], signal: AbortSignal): Capability => {
  if (error.code === 'unauthorized' || signal.aborted) throw error
  return { offered: isPassing(error), certainty, reason: error.toData() }
}

/** Writing is asked for with OPTIONS: its `Allow` tells without writing. No `Allow` proves nothing. */
const noteWriting = async ({ transport, profile, signal }: Probing, notes: Capability, clientId: string | null): Promise<Capability> => {
  if (!notes.offered || clientId === null) return notes
  try {
    const answer = await insist(() => transport.send({ method: 'OPTIONS', path: notePaths(profile).ofClient(clientId), signal }), signal)
    const allow = answer.header('allow')
    if (allow === null || /\bPOST\b/i.test(allow)) return { ...notes, reason: null }
    return { offered: false, certainty: 'inferred', reason: new AppError('not-offered', 'notes can only be read', { allow }).toData() }
  } catch (error) {
    const coded = AppError.from(error)
    // A deployment may refuse OPTIONS and still take a note.
    return coded.code === 'not-offered' ? notes : refusal(coded, 'inferred', signal)
  }
}

/** Passes by itself: worth another try, and no proof that a feature is missing. */
const isPassing = (error: AppError): boolean => error.retryable || error.code === 'dns' || error.code === 'refused'

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
