import { all, run, sql, type Acknowledged, type Db } from './sql'

/** Something about the files that a person has to read once; it stays until they have. */
export type StoreNotice = { id: number; at: number } & NoticeText
export type NoticeText =
  | { kind: 'cache-set-aside'; reason: 'damaged' | 'newer-schema'; file: string }
  /** The last commits that were known are not in the file: how many, between when, and what of it a person did. `restored`: it is a backup. */
  | { kind: 'commits-missing'; restored: boolean; count: number; from: number; to: number; recent: (Acknowledged & { at: number })[] }

interface Row {
  id: number
  at: number
  kind: string
  details: string
}

export const readNotices = (local: Db): StoreNotice[] =>
  all<Row>(local, sql`SELECT id, at, kind, details FROM notice ORDER BY id`).map(
    ({ id, at, kind, details }) => ({ restored: false, ...(JSON.parse(details) as object), id, at, kind }) as StoreNotice,
  )

/** A cache that was put aside again is told once: it is the same thing to a person. */
export const addNotice = (local: Db, at: number, notice: NoticeText): void => {
  if (notice.kind === 'cache-set-aside') run(local, sql`DELETE FROM notice WHERE kind = ${notice.kind}`)
  run(local, sql`INSERT INTO notice (at, kind, details) VALUES (${at}, ${notice.kind}, ${JSON.stringify(notice)})`)
}

export const dropNotice = (local: Db, id: number): void => {
  run(local, sql`DELETE FROM notice WHERE id = ${id}`)
}
