import { all, run, sql, trusted, type Db } from '../sql'
import { listOf } from '../read/query'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Samples: every sync of the last month, then one an hour, after a year one a day, for ever. */
const EACH_SYNC_FOR = 31 * DAY
const HOURLY_FOR = 366 * DAY
/** Changes seen on the platform: half a year. What the person did is kept for ever: it is little, and theirs. */
export const CHANGES_FOR = 183 * DAY
const AT_ONCE = 500

/** Lets what waits go on between two small transactions. */
type Pause = () => Promise<void>

/** Thins the dashboard's own history: of each hour, later of each day, the last point stays, as charts draw it. @returns points removed. */
export const thinSamples = async (local: Db, now: number, pause: Pause): Promise<number> => {
  const hourly = await thin(local, { before: now - EACH_SYNC_FOR, step: HOUR }, pause)
  return hourly + (await thin(local, { before: now - HOURLY_FOR, step: DAY }, pause))
}

const thin = async (local: Db, { before, step }: { before: number; step: number }, pause: Pause): Promise<number> => {
  const bucket = trusted(`at / ${String(step)}`)
  // A bucket that lies across the border is whole a little later.
  const whole = Math.floor(before / step) * step
  for (let removed = 0; ;) {
    const { changes } = run(
      local,
      sql`DELETE FROM sample WHERE rowid IN (
        SELECT id FROM (SELECT rowid AS id, lead(at) OVER (PARTITION BY connection_id, ${bucket} ORDER BY at) AS next FROM sample WHERE at < ${whole})
        WHERE next IS NOT NULL LIMIT ${AT_ONCE})`,
    )
    removed += changes
    if (changes < AT_ONCE) return removed
    await pause()
  }
}

/** Drops changes that are older than they are kept for. They came in the order of time: the oldest rows are the first. @returns rows removed. */
export const dropOldChanges = async (local: Db, now: number, pause: Pause): Promise<number> => {
  for (let removed = 0; ;) {
    const oldest = all<{ id: number; at: number }>(local, sql`SELECT rowid AS id, at FROM change_log ORDER BY rowid LIMIT ${AT_ONCE}`)
    const old = oldest.filter(({ at }) => at < now - CHANGES_FOR).map(({ id }) => id)
    if (old.length > 0) removed += run(local, sql`DELETE FROM change_log WHERE rowid IN ${listOf(old)}`).changes
    if (old.length < AT_ONCE) return removed
    await pause()
  }
}
