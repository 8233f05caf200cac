import { all, get, run, sql, type Db } from '../sql'

/** What became of one alert: one moment of one note. */
export interface AlertState {
  noteUid: string
  alertAt: number
  naturalKey: string
  firedAt: number | null
  openedAt: number | null
  snoozedUntil: number | null
  /** When that was said. */
  snoozedAt: number | null
}
export interface AlertKey {
  connectionId: string
  noteUid: string
  alertAt: number
  naturalKey: string
}

const columns = sql`note_uid AS noteUid, alert_at AS alertAt, natural_key AS naturalKey, fired_at AS firedAt, opened_at AS openedAt,
  snoozed_until AS snoozedUntil, snoozed_at AS snoozedAt`

/** The states of these alerts, under their own names or under those of the same alerts with another id. */
export const alertStates = (local: Db, connectionId: string, keys: readonly AlertKey[]): AlertState[] => {
  if (keys.length === 0) return []
  const uids = JSON.stringify([...new Set(keys.map(({ noteUid }) => noteUid))])
  const natural = JSON.stringify([...new Set(keys.map(({ naturalKey }) => naturalKey))])
  return all(
    local,
    sql`SELECT ${columns} FROM alert_state WHERE connection_id = ${connectionId} AND note_uid IN (SELECT value FROM json_each(${uids}))
      UNION SELECT ${columns} FROM alert_state WHERE connection_id = ${connectionId} AND natural_key IN (SELECT value FROM json_each(${natural}))`,
  )
}

/** The alert's own row, or that of the same alert under another id. */
export const findAlert = (local: Db, { connectionId, noteUid, alertAt, naturalKey }: AlertKey): AlertState | undefined =>
  get<AlertState>(
    local,
    sql`SELECT ${columns} FROM alert_state WHERE connection_id = ${connectionId} AND note_uid = ${noteUid} AND alert_at = ${alertAt}`,
  ) ??
  get<AlertState>(
    local,
    sql`SELECT ${columns} FROM alert_state WHERE connection_id = ${connectionId} AND natural_key = ${naturalKey} LIMIT 1`,
  )

/** What became of an alert is kept for so long after it was due; an older one is history: listed, never told. */
export const ALERTS_FOR = 183 * 86_400_000
const AT_ONCE = 500

/** @returns rows removed. */
export const dropOldAlerts = async (local: Db, now: number, pause: () => Promise<void>): Promise<number> => {
  for (let removed = 0; ;) {
    const { changes } = run(
      local,
      sql`DELETE FROM alert_state WHERE rowid IN (
        SELECT rowid FROM alert_state WHERE max(alert_at, ifnull(snoozed_until, 0)) <= ${now - ALERTS_FOR} LIMIT ${AT_ONCE})`,
    )
    removed += changes
    if (changes < AT_ONCE) return removed
    await pause()
  }
}

type Change = Partial<Pick<AlertState, 'firedAt' | 'openedAt' | 'snoozedUntil' | 'snoozedAt'>>

/** Changes the alert's row where it is, or begins one. */
export const saveAlert = (local: Db, key: AlertKey, change: Change): void => {
  const found = findAlert(local, key)
  const it = { firedAt: null, openedAt: null, snoozedUntil: null, snoozedAt: null, ...found, ...change }
  const { noteUid, alertAt, naturalKey } = found ?? key
  run(
    local,
    sql`INSERT OR REPLACE INTO alert_state (connection_id, note_uid, alert_at, natural_key, fired_at, opened_at, snoozed_until, snoozed_at)
      VALUES (${key.connectionId}, ${noteUid}, ${alertAt}, ${naturalKey}, ${it.firedAt}, ${it.openedAt}, ${it.snoozedUntil}, ${it.snoozedAt})`,
  )
}
