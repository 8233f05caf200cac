import { statSync, type BigIntStats } from 'node:fs'
import type { Clock } from '../../clock'
import { statement, type Acknowledged, type Db, type Keeper } from '../sql'
import { storageFailure } from '../storage-error'
import { pagesInLog } from './folded-pages'
import { MOST_RECENT, type LastCommit, type Ledger } from './ledger'

/** After the last commit, and at the latest after the first one that is not folded in. */
const QUIET_MS = 1500
const LATEST_MS = 4000
const LARGEST_WAL = 4_000_000

export interface CommitKeeper extends Keeper {
  /** Writes what stands in the write-ahead log into the file itself and empties the log. @returns whether it could. */
  fold(): boolean
  /** From now on, which pages folds wrote into the file: whoever reads it beside SQLite reads those again. */
  watch(): FoldedPages
  /** Until `accept` nothing is written: nobody knows yet whether the file is whole. */
  refuse(): void
  accept(): void
  /** @throws AppError `storage`, `file-gone`. */
  mustBeThere(): void
  last(): LastCommit
  /** What was forgotten is not to be named any more. */
  forgetRecent(): void
  stop(): void
}

export interface FoldedPages {
  /** Those since the last time. */
  take(): number[]
  end(): void
}

interface Setup {
  db: Db
  path: string
  ledger: Ledger
  clock: Clock
  /** What a person did lately, as far as it is in the file. */
  recent?: LastCommit['recent']
}

/**
 * A commit is safe in the write-ahead log as long as the log is whole: after a kill SQLite takes the first damaged frame
 * for its end, without a word. So each commit is counted here and in a ledger beside, the log is emptied within seconds,
 * and what a person did before it is acknowledged.
 */
export const keepCommits = ({ db, path, ledger, clock, recent = [] }: Setup): CommitKeeper => {
  const identity = (): string => {
    const stats = statOf(path)
    return stats === null ? '' : `${String(stats.dev)}:${String(stats.ino)}`
  }
  const opened = identity()
  const stored = statement(db, 'SELECT count, at FROM commit_count').get() as { count: number; at: number }
  let last: LastCommit = { ...stored, recent: recent.filter(({ count }) => count <= stored.count) }
  let waiting: { since: number; cancel: () => void } | null = null
  let urgent: Acknowledged[] = []
  let coming: LastCommit = last
  const watching = new Set<Set<number>>()
  let accepts = true

  const mustBeThere = (): void => {
    if (identity() !== opened) throw storageFailure('file-gone', `${path} is not there any more`, { file: 'local.db' })
  }
  const fold = (): boolean => {
    waiting?.cancel()
    waiting = null
    try {
      if (watching.size > 0) for (const page of pagesInLog(`${path}-wal`)) for (const pages of watching) pages.add(page)
      const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
      if (result?.busy !== 0) return later()
      return true
    } catch {
      // A full disk, or somebody reads: the log still holds everything.
      return later()
    }
  }
  const later = (): false => {
    waiting = { since: clock.now(), cancel: clock.after(LATEST_MS, fold) }
    return false
  }
  const foldSoon = (): void => {
    if ((statOf(`${path}-wal`)?.size ?? 0n) > LARGEST_WAL) return void fold()
    const now = clock.now()
    const since = waiting?.since ?? now
    waiting?.cancel()
    const wait = Math.max(0, Math.min(QUIET_MS, since + LATEST_MS - now))
    waiting = { since, cancel: clock.after(wait, fold) }
  }

  return {
    before: () => {
      if (!accepts) throw storageFailure('being-checked', `${path} is being read through`, { file: 'local.db' })
      mustBeThere()
    },
    within: () => {
      const at = clock.now()
      const count = statement(db, 'UPDATE commit_count SET count = count + 1, at = ? RETURNING count').pluck().get(at) as number
      coming = {
        count,
        at,
        recent: withRecent(
          last.recent,
          urgent.map((it) => ({ ...it, count, at })),
        ),
      }
    },
    after: () => {
      last = coming
      ledger.write(last)
      if (urgent.length === 0) return foldSoon()
      fold()
      mustBeThere()
    },
    over: () => {
      urgent = []
    },
    urgent: (what) => void urgent.push(what),
    fold,
    watch: () => {
      const pages = new Set<number>()
      watching.add(pages)
      return {
        take: () => {
          const taken = [...pages]
          pages.clear()
          return taken
        },
        end: () => void watching.delete(pages),
      }
    },
    refuse: () => {
      accepts = false
    },
    accept: () => {
      accepts = true
    },
    mustBeThere,
    last: () => last,
    forgetRecent: () => {
      last = { ...last, recent: [] }
      // Both of its places.
      ledger.write(last)
      ledger.write(last)
    },
    stop: () => {
      waiting?.cancel()
      waiting = null
    },
  }
}

/** One thing is named once, as it was done last. */
const withRecent = (before: LastCommit['recent'], now: LastCommit['recent']): LastCommit['recent'] => {
  if (now.length === 0) return before
  const isNamed = (one: Acknowledged): boolean => now.some(({ kind, text }) => kind === one.kind && text === one.text)
  return [...before.filter((one) => !isNamed(one)), ...now].slice(-MOST_RECENT)
}

const statOf = (path: string): BigIntStats | null => statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null
