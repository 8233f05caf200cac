import type { Command } from '../store/local/commands'

interface UnderWay {
  ended: Promise<void>
  /** Only its end is to be written: it keeps its mutex, and nothing else. */
  isApplied: boolean
}
export interface LanesOptions {
  /** So many may be under way at once. */
  most: (connectionId: string) => number
  /** Another one may begin. */
  onRoom: (connectionId: string) => void
  onFailed: (connectionId: string, error: unknown) => void
}

/** What is under way of each connection: one of a mutex at a time. */
export interface Lanes {
  hasRoom(connectionId: string): boolean
  /** Mutexes of what is under way. */
  busy(connectionId: string): string[]
  begin(command: Pick<Command, 'connectionId' | 'mutex'>, work: (whenApplied: () => void) => Promise<void>): void
  whenIdle(): Promise<void>
}

export const createLanes = ({ most, onRoom, onFailed }: LanesOptions): Lanes => {
  const connections = new Map<string, Map<string, UnderWay>>()
  const of = (id: string): Map<string, UnderWay> => {
    const found = connections.get(id) ?? new Map<string, UnderWay>()
    connections.set(id, found)
    return found
  }
  return {
    hasRoom: (id) => [...of(id).values()].filter(({ isApplied }) => !isApplied).length < most(id),
    busy: (id) => [...of(id).keys()],
    begin: ({ connectionId: id, mutex }, work) => {
      const lane: UnderWay = { ended: Promise.resolve(), isApplied: false }
      const whenApplied = (): void => {
        lane.isApplied = true
        onRoom(id)
      }
      lane.ended = Promise.resolve()
        .then(() => work(whenApplied))
        .catch((error: unknown) => {
          onFailed(id, error)
        })
        .finally(() => {
          of(id).delete(mutex)
          onRoom(id)
        })
      of(id).set(mutex, lane)
    },
    whenIdle: async () => {
      const all = (): Promise<void>[] => [...connections.values()].flatMap((lanes) => [...lanes.values()].map(({ ended }) => ended))
      while (all().length > 0) await Promise.allSettled(all())
    },
  }
}
