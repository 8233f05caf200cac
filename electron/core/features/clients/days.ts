import { unknown } from '../../store/read/sync-status'
import { platformDayStart } from '@shared/domain/time'
import { sumByCurrency } from '@shared/domain/money'
import { AppError } from '@shared/errors'
import type { Output } from '@shared/ipc/contract'
import type { Missing } from '@shared/ipc/rows'
import { findConnection } from '../../store/local/connections'
import { readClientDays, writeClientDays } from '../../store/read/client-days'
import type { LiveConnections } from '../connections/live'
import type { Workspace } from '../workspace'

interface ClientKey {
  connectionId: string
  clientId: string
}
type Days = Output<'clients', 'days'>

const SHOWN_MS = 30 * 86_400_000
const FRESH_MS = 10 * 60_000
const PATIENCE_MS = 10_000
/** A platform that has just refused or failed is left alone for this long, however often a card asks. */
const LEAVE_ALONE_MS = 5 * 60_000
/** What a deployment does not have it may have tomorrow. */
const NOT_OFFERED_MS = 86_400_000

interface Failure {
  why: Missing['why']
  until: number
}

/**
 * Daily charges of one client. They are read live, one client at a time, and kept: what was seen once is there offline.
 * Known days are answered at once and renewed behind; only a client never looked at before waits for the platform.
 */
export const createClientDays = (workspace: Workspace, live: LiveConnections) => {
  const { cache, local, clock } = workspace
  /** By client, and by connection where it has no such statistics at all. */
  const failures = new Map<string, Failure>()
  const underWay = new Map<string, Promise<boolean>>()

  /** What the last question met, until one is answered. */
  const failureOf = (key: ClientKey): Failure | null => failures.get(key.connectionId) ?? failures.get(idOf(key)) ?? null
  const mayAsk = (key: ClientKey): boolean => live.online(key.connectionId) && (failureOf(key)?.until ?? 0) <= clock.now()
  const remember = (key: ClientKey, error: AppError): void => {
    const why = whyMissing(error)
    const ofAll = error.code === 'not-offered'
    if (failures.size >= MOST_FAILURES) failures.clear()
    failures.set(ofAll ? key.connectionId : idOf(key), { why, until: clock.now() + (ofAll ? NOT_OFFERED_MS : LEAVE_ALONE_MS) })
  }

  const fetchDays = async (key: ClientKey, from: number): Promise<void> => {
    const adapter = live.require(key.connectionId).adapter
    const asOf = clock.now()
    if (!adapter.clientDays) throw new AppError('not-offered', 'this platform has no daily figures')
    const points = await adapter.clientDays(key.clientId, from, asOf, AbortSignal.timeout(PATIENCE_MS))
    writeClientDays(cache, key, { asOf, points: points.map(({ at, charged }) => ({ at, charged })) })
    failures.delete(key.connectionId)
    failures.delete(idOf(key))
  }
  /** @returns whether something was written. */
  const refresh = (key: ClientKey, from: number): Promise<boolean> => {
    const running = underWay.get(idOf(key))
    if (running) return running
    const made = fetchDays(key, from)
      .then(() => true)
      .catch((error: unknown) => {
        // What is known stays on the screen with its own "as of".
        remember(key, AppError.from(error))
        return false
      })
      .finally(() => underWay.delete(idOf(key)))
    underWay.set(idOf(key), made)
    return made
  }
  const renewBehind = async (key: ClientKey, from: number): Promise<void> => {
    if (await refresh(key, from))
      workspace.emit('changed', { connectionId: key.connectionId, datasets: ['statistics'], ids: [key.clientId] })
  }

  return async (key: ClientKey): Promise<Days> => {
    const connection = findConnection(local, key.connectionId)
    const today = platformDayStart(clock.now(), connection?.billingOffsetMinutes ?? 0)
    const from = today - SHOWN_MS
    const known = readClientDays(cache, key, from)
    const stale = known.asOf === null || clock.now() - known.asOf > FRESH_MS
    if (stale && mayAsk(key)) {
      if (known.asOf === null) await refresh(key, from)
      else void renewBehind(key, from)
    }
    const { points: read, asOf } = readClientDays(cache, key, from)
    // A day that is not over would end every chart in a cliff, and a sum of 30 days in a part of one.
    const points = read.filter(({ at }) => at < today)
    const sums = sumByCurrency(points.flatMap(({ charged }) => charged ?? []))
    const failure = failureOf(key)
    const missing: Missing | null = failure && { dataset: 'statistics', why: failure.why, text: null }
    return {
      offered: failure === null || failure !== failures.get(key.connectionId),
      points,
      total: sums.length === 1 ? (sums[0] ?? null) : null,
      asOf: asOf === null ? { ...unknown('statistics'), ...(missing && { missing }) } : { at: asOf, complete: true, missing, without: 0 },
    }
  }
}

const MOST_FAILURES = 10_000
const idOf = ({ connectionId, clientId }: ClientKey): string => `${connectionId}\n${clientId}`

const whyMissing = ({ code }: AppError): Missing['why'] => {
  if (code === 'not-offered' || code === 'not-found') return 'not-offered'
  return code === 'forbidden' || code === 'rejected' || code === 'unauthorized' ? 'refused' : 'failing'
}
