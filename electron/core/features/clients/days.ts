import { unknown } from '../../store/read/sync-status'
import { platformDayStart } from '@shared/domain/platform-time'
import { sumByCurrency } from '@shared/domain/money'
import { AppError } from '@shared/errors'
import type { Output } from '@shared/ipc/contract'
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

/**
 * Daily charges of one client. They are read live, one client at a time, and kept: what was seen once is there offline.
 * Known days are answered at once and renewed behind; only a client never looked at before waits for the platform.
 */
export const createClientDays = (workspace: Workspace, live: LiveConnections) => {
  const { cache, local, clock } = workspace
  const notOffered = new Set<string>()
  const underWay = new Map<string, Promise<void>>()

  const fetchDays = async (key: ClientKey, from: number): Promise<void> => {
    const adapter = live.require(key.connectionId).adapter
    const asOf = clock.now()
    const points = await adapter.clientDays(key.clientId, from, asOf, AbortSignal.timeout(PATIENCE_MS))
    writeClientDays(cache, key, { asOf, points: points.map(({ at, charged }) => ({ at, charged })) })
  }
  const refresh = (key: ClientKey, from: number): Promise<void> => {
    const id = `${key.connectionId}\n${key.clientId}`
    const running = underWay.get(id)
    if (running) return running
    const made = fetchDays(key, from)
      .catch((error: unknown) => {
        // Offline or refused: what is known stays on the screen with its own "as of".
        if (AppError.from(error).code === 'not-offered') notOffered.add(key.connectionId)
      })
      .finally(() => underWay.delete(id))
    underWay.set(id, made)
    return made
  }

  return async (key: ClientKey): Promise<Days> => {
    const connection = findConnection(local, key.connectionId)
    const today = platformDayStart(clock.now(), connection?.utcOffsetMinutes ?? 0)
    const from = today - SHOWN_MS
    const known = readClientDays(cache, key, from)
    const stale = known.asOf === null || clock.now() - known.asOf > FRESH_MS
    if (stale && live.online(key.connectionId) && !notOffered.has(key.connectionId)) {
      const done = refresh(key, from)
      if (known.asOf === null) await done
      else
        void done.then(() => workspace.emit('changed', { connectionId: key.connectionId, datasets: ['statistics'], ids: [key.clientId] }))
    }
    const { points: read, asOf } = readClientDays(cache, key, from)
    // A day that is not over would end every chart in a cliff, and a sum of 30 days in a part of one.
    const points = read.filter(({ at }) => at < today)
    const sums = sumByCurrency(points.flatMap(({ charged }) => charged ?? []))
    const offered = !notOffered.has(key.connectionId)
    return {
      offered,
      points,
      total: sums.length === 1 ? (sums[0] ?? null) : null,
      asOf: asOf === null ? unknown('statistics') : { at: asOf, complete: true, missing: null, without: 0 },
    }
  }
}
