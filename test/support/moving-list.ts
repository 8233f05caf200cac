import { client, scriptedPlatform, type ScriptedPlatform } from './scripted-platform'

export interface MovingOptions {
  order: 'newest' | 'oldest' | 'scattered'
  totals: 'true' | 'none'
  size: number
  pageSize: number
  seed: number
  /** Of a hundred requests, how many have a change before them. */
  rate: number
}
export interface Moving {
  platform: ScriptedPlatform
  ids(): string[]
  /** Marks the begin of a walk: what `livedThrough` and `goneBefore` count from. */
  begin(): void
  /** Rows that were there at every moment since the begin. */
  livedThrough(): ReadonlySet<string>
  /** Rows that were gone before the begin. */
  goneBefore(): ReadonlySet<string>
  /** No more changes. */
  stop(): void
}

/** Without totals, a row that goes and one that comes while the same two pages are read leave nothing to be seen: no reader can tell. */
const APART = 4

/** A list of clients that gains and loses rows between any two requests. */
export const movingList = ({ order, totals, size, pageSize, seed, rate }: MovingOptions): Moving => {
  const platform = scriptedPlatform(pageSize)
  const random = pseudoRandom(seed)
  const gone = new Set<string>()
  let lived = new Set<string>()
  let goneAtBegin = new Set<string>()
  let moves = rate > 0
  let made = 0
  let changedAt = 0
  const list = (): { id: string; extra: Record<string, unknown> }[] => (platform.lists.clients ??= [])
  const add = (): void => {
    const row = client(`n${String(++made)}`)
    const place = order === 'newest' ? 0 : order === 'oldest' ? list().length : Math.floor(random() * (list().length + 1))
    platform.lists.clients = list().toSpliced(place, 0, row)
  }
  const remove = (): void => {
    const row = list()[Math.floor(random() * list().length)]
    if (!row) return
    platform.lists.clients = list().filter(({ id }) => id !== row.id)
    gone.add(row.id)
    lived.delete(row.id)
  }
  for (let index = 0; index < size; index++) add()
  platform.before = () => {
    if (!moves || platform.asked - changedAt < (totals === 'none' ? APART : 1) || random() * 100 >= rate) return
    changedAt = platform.asked
    if (random() < 0.5) add()
    else remove()
  }
  if (totals === 'none') platform.after = (page) => ({ ...page, total: null })
  return {
    platform,
    ids: () => list().map(({ id }) => id),
    begin: () => {
      lived = new Set(list().map(({ id }) => id))
      goneAtBegin = new Set(gone)
    },
    livedThrough: () => lived,
    goneBefore: () => goneAtBegin,
    stop: () => {
      moves = false
    },
  }
}

/** The same numbers for the same seed. */
const pseudoRandom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}
