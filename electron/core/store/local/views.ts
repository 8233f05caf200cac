import { ClientQuery } from '@shared/ipc/clients'
import type { SavedView } from '@shared/ipc/search'
import { all, run, sql, type Db } from '../sql'

/** Saved views; one that this version cannot read is left alone and not shown. */
export const listViews = (local: Db): SavedView[] =>
  all<{ id: string; name: string; query: string }>(local, sql`SELECT id, name, query FROM saved_view ORDER BY created_at, id`).flatMap(
    ({ id, name, query }) => {
      const read = ClientQuery.safeParse(JSON.parse(query))
      return read.success ? [{ id, name, query: read.data }] : []
    },
  )

/** Saving under a name that exists replaces that view. */
export const saveView = (local: Db, view: SavedView, at: number): SavedView => {
  const existing = all<{ id: string }>(local, sql`SELECT id FROM saved_view WHERE name = ${view.name}`)[0]
  const saved = { ...view, id: existing?.id ?? view.id }
  run(
    local,
    sql`INSERT INTO saved_view (id, name, query, created_at) VALUES (${saved.id}, ${saved.name}, ${JSON.stringify(saved.query)}, ${at})
      ON CONFLICT (id) DO UPDATE SET query = excluded.query`,
  )
  return saved
}

export const removeView = (local: Db, id: string): number => run(local, sql`DELETE FROM saved_view WHERE id = ${id}`).changes
