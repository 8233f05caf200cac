import type { Limit } from '../../shared/domain/entities'
import { limitTypes, type LimitType } from '../../shared/domain/limits'
import { AppError } from '../../shared/errors'
import type { LimitWrites } from '../../electron/core/platforms/port/writes'
import type { TestClock } from './core-clock'

/** What happens to the next write: lost on the way there, or its answer on the way back. */
export type LimitFate = 'ok' | 'refused' | 'locked' | 'lost-request' | 'lost-answer' | 'error-after' | 'slow' | 'exceeded' | 'forbidden'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
export const HYPERVISOR = { id: 'h1', name: 'KVM', type: 'kvm' }
export const limitKey = (type: LimitType): string => `${type} ${HYPERVISOR.id}`

/** A platform in memory that keeps the limits of its clients, one row for each type, and mistreats requests as told. */
export const createLimitsPlatform = (clock: TestClock) => {
  const rows = new Map<string, Limit>()
  const fates: LimitFate[] = []
  const readFates: ('ok' | 'refused' | 'not-found')[] = []
  const writes: { clientId: string; type: LimitType; value: number | null }[] = []
  let ids = 0
  const of = (clientId: string): Limit[] => [...rows.values()].filter(({ ownerId }) => ownerId === clientId)
  const put = (clientId: string, type: LimitType, value: number | null): void => {
    const found = of(clientId).find((row) => row.type === type)
    if (value === null) {
      if (found) rows.delete(found.id)
      return
    }
    const id = found?.id ?? `l${String(++ids)}`
    rows.set(id, { id, owner: 'client', ownerId: clientId, hypervisor: HYPERVISOR, type, typeCode: type, value, extra: {} })
  }
  const mistreat = async (signal: AbortSignal, work: () => void): Promise<void> => {
    const fate = fates.shift() ?? 'ok'
    await turn()
    if (fate === 'refused') throw new AppError('refused', 'nothing listens')
    if (fate === 'locked') throw new AppError('locked', 'object locked')
    if (fate === 'exceeded') throw new AppError('rejected', 'no', { alias: 'limit_exceeded' })
    if (fate === 'forbidden') throw new AppError('forbidden', 'no')
    if (fate === 'lost-request') throw new AppError('offline', 'cut off')
    work()
    if (fate === 'lost-answer') throw new AppError('timeout', 'no answer')
    if (fate === 'error-after') throw new AppError('platform-error', '502')
    if (fate === 'slow')
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(AppError.from(signal.reason))
        })
      })
    await turn()
  }
  const limits: LimitWrites = {
    ofClient: async (clientId) => {
      const fate = readFates.shift() ?? 'ok'
      await turn()
      if (fate !== 'ok') throw new AppError(fate, `read ${fate}`)
      const found = of(clientId).map((row) => ({ ...row }))
      await turn()
      return { rows: found, at: clock.now() }
    },
    write: (clientId, { id, type, value }, signal) =>
      mistreat(signal, () => {
        writes.push({ clientId, type, value })
        const found = of(clientId).find((row) => row.type === type)
        // As a real one does: a row that is gone is not there, and there are no two of a type.
        if (id === null && found) throw new AppError('rejected', 'the fields must make a unique set')
        if (id !== null && found?.id !== id) throw new AppError('not-found', 'no such limit')
        put(clientId, type, value)
      }),
  }
  return {
    limits,
    fates,
    readFates,
    writes,
    /** A colleague's hand. */
    put,
    valuesOf: (clientId: string): Partial<Record<LimitType, number>> =>
      Object.fromEntries(of(clientId).flatMap(({ type, value }) => (type === null ? [] : [[type, value]]))),
    rowsOf: of,
    valueAt: (clientId: string, type: LimitType): number | null => of(clientId).find((row) => row.type === type)?.value ?? null,
    types: limitTypes,
  }
}
export type LimitsPlatform = ReturnType<typeof createLimitsPlatform>
