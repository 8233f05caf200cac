import { inTransaction, run, sql, type Db } from '../sql'

/**
 * Everything of a connection is to be read anew: how it was read no longer holds. Rows stay, and are no longer complete;
 * what is only asked for where knowledge ends goes, because nothing would ask for it again.
 * @param times the zone of the times was another one: points of history stand at wrong moments
 */
export const startOver = (cache: Db, connectionId: string, { times }: { times: boolean }): void => {
  inTransaction(cache, () => {
    run(
      cache,
      sql`UPDATE dataset_state SET cursor = NULL, running = 0, complete = 0, next_at = NULL, failures = 0, unchanged = 0, mark_walk = NULL,
        mark_total = NULL WHERE connection_id = ${connectionId}`,
    )
    run(cache, sql`UPDATE owner_state SET as_of = NULL, error = NULL WHERE connection_id = ${connectionId}`)
    run(cache, sql`DELETE FROM dataset_state WHERE connection_id = ${connectionId} AND dataset IN ('statistics/hour', 'statistics/day')`)
    if (times) run(cache, sql`DELETE FROM statistic WHERE connection_id = ${connectionId}`)
    run(cache, sql`DELETE FROM client_day WHERE connection_id = ${connectionId}`)
    run(cache, sql`DELETE FROM client_day_state WHERE connection_id = ${connectionId}`)
  })
}
