/** What is chosen: these rows, or all that the list shows except these (a list of any size, unloaded rows included). */
export interface Selection {
  mode: 'some' | 'allExcept'
  ids: ReadonlySet<string>
}
export const nothing: Selection = { mode: 'some', ids: new Set() }
export const everything: Selection = { mode: 'allExcept', ids: new Set() }

export const isChosen = (selection: Selection, id: string): boolean => selection.ids.has(id) === (selection.mode === 'some')
export const countOf = (selection: Selection, total: number): number =>
  selection.mode === 'some' ? selection.ids.size : Math.max(0, total - selection.ids.size)

/** Chooses or leaves out one row. */
export const withRow = (selection: Selection, id: string, chosen: boolean): Selection => {
  const ids = new Set(selection.ids)
  if (chosen === (selection.mode === 'some')) ids.add(id)
  else ids.delete(id)
  return { mode: selection.mode, ids }
}
export const withRows = (selection: Selection, rows: Iterable<string>, chosen: boolean): Selection =>
  [...rows].reduce((next, id) => withRow(next, id, chosen), selection)
