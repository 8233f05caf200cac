import { statSync, type BigIntStats } from 'node:fs'
import type { Clock } from '../../clock'
import { statement, type Acknowledged, type Db, type Keeper } from '../sql'
import { storageFailure } from '../storage-error'
import type { LastCommit, Ledger } from './ledger'

/** After the last commit, and at the latest after the first one that is not folded in. */
const QUIET_MS = 1500
const LATEST_MS = 4000
const LARGEST_WAL = 4_000_000

export interface CommitKeeper extends Keeper {
  /** Writes what stands in the write-ahead log into the file itself and empties the log. @returns whether it could. */
  fold(): boolean
  /** How often it was folded: who reads the file beside SQLite knows by it that it changed. */
  folds(): number
  /** @throws AppError `storage`, `file-gone`. */
  mustBeThere(): void
  last(): LastCommit
  stop(): void
}

interface Setup {
  db: Db
  path: string
  ledger: Ledger
  clock: Clock
}

/**
 * A commit is safe in the write-ahead log as long as the log is whole: after a kill SQLite takes the first damaged frame
 * for its end, without a word. So each commit is counted here and in a ledger beside, the log is emptied within seconds,
 * and what a person did before it is acknowledged.
 */
export const keepCommits = ({ db, path, ledger, clock }: Setup): CommitKeeper => {
  const identity = (): string => {
    const stats = statOf(path)
    return stats === null ? '' : `${String(stats.dev)}:${String(stats.ino)}`
  }
  const opened = identity()
  const stored = statement(db, 'SELECT count, at FROM commit_count').get() as { count: number; at: number }
  let last: LastCommit = { ...stored, recent: [] }
  let waiting: { since: number; cancel: () => void } | null = null
  let urgent: Acknowledged[] = []
  let coming: LastCommit = last
  let folds = 0

  const mustBeThere = (): void => {
    if (identity() !== opened) throw storageFailure('file-gone', `${path} is not there any more`, { file: 'local.db' })
  }
  const fold = (): boolean => {
    waiting?.cancel()
    waiting = null
    try {
      const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
      if (result?.busy !== 0) return later()
      folds++
      if (last.recent.length > 0) last = { ...last, recent: [] }
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
    before: mustBeThere,
    within: () => {
      const at = clock.now()
      const count = statement(db, 'UPDATE commit_count SET count = count + 1, at = ? RETURNING count').pluck().get(at) as number
      coming = { count, at, recent: [...last.recent, ...urgent.map((it) => ({ ...it, count, at }))] }
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
    folds: () => folds,
    mustBeThere,
    last: () => last,
    stop: () => {
      waiting?.cancel()
      waiting = null
    },
  }
}

const statOf = (path: string): BigIntStats | null => statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null
