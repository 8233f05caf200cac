import { listQueries, type ListName, type SavedView } from '@shared/ipc/lists'
import { all, run, sql, type Db } from '../sql'

interface Kept {
  list: ListName
  query: unknown
}
/** A view says whose it is; one of an older version is of the clients, the only list that had any. */
const keptOf = (text: string): Kept => {
  const kept = JSON.parse(text) as Kept | Record<string, unknown>
  return 'list' in kept ? (kept as Kept) : { list: 'clients', query: kept }
}

const savedViews = (local: Db): (Kept & { id: string; name: string })[] =>
  all<{ id: string; name: string; query: string }>(local, sql`SELECT id, name, query FROM saved_view ORDER BY created_at, id`).map(
    ({ id, name, query }) => ({ id, name, ...keptOf(query) }),
  )

/** The saved views of a list; one that this version cannot read is left alone and not shown. */
export const listViews = (local: Db, list: ListName): SavedView[] =>
  savedViews(local).flatMap((view) => {
    if (view.list !== list) return []
    const read = listQueries[list].safeParse(view.query)
    return read.success ? [{ id: view.id, list, name: view.name, query: read.data }] : []
  })

/** Saving under a name that the list has replaces that view. */
export const saveView = (local: Db, view: SavedView, at: number): SavedView => {
  const existing = savedViews(local).find(({ list, name }) => list === view.list && name === view.name)
  const saved = { ...view, id: existing?.id ?? view.id }
  const kept: Kept = { list: saved.list, query: saved.query }
  run(
    local,
    sql`INSERT INTO saved_view (id, name, query, created_at) VALUES (${saved.id}, ${saved.name}, ${JSON.stringify(kept)}, ${at})
      ON CONFLICT (id) DO UPDATE SET query = excluded.query`,
  )
  return saved
}

export const removeView = (local: Db, id: string): number => run(local, sql`DELETE FROM saved_view WHERE id = ${id}`).changes
