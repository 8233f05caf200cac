import { AppError } from '@shared/errors'
import type { Page, Sideload, Unread } from '../port/reads'
import { keepable } from '../row-extra'
import { isRaw, RowReader, UnreadableRow } from '../row-reader'
import type { ListRequest, Lists } from './api'
import type { Mapper } from './map'
import { readWhole } from './paging'

export type Rows<T> = Pick<Page<T>, 'items' | 'unreadable' | 'partial'> & { sideload: Sideload }

/** Maps the rows of an answer, each by itself: one that cannot be read costs itself only, a field only the field. */
export const mappedRows = <T>(raws: readonly unknown[], mapper: Mapper<T>, zone: number): Rows<T> => {
  const found: Rows<T> = { items: [], unreadable: [], partial: [], sideload: {} }
  for (const raw of raws) {
    if (!isRaw(raw)) {
      found.unreadable.push({ id: null, name: null, field: null, why: 'wrong-type', raw: keepable(raw) })
      continue
    }
    const row = new RowReader(raw, zone)
    try {
      const { entity, sideload } = mapper(row)
      found.items.push(entity)
      gather(found.sideload, sideload)
      for (const fault of row.faults) found.partial.push({ ...whoseRow(raw), ...fault })
    } catch (error) {
      if (!(error instanceof UnreadableRow)) throw error
      found.unreadable.push({ ...whoseRow(raw), ...error.fault })
    }
  }
  return found
}

/** What tells a person which row it is, as far as it can be read. */
const whoseRow = (raw: Record<string, unknown>): Pick<Unread, 'id' | 'name' | 'raw'> => ({
  id: typeof raw['id'] === 'string' || typeof raw['id'] === 'number' ? String(raw['id']).slice(0, 200) : null,
  name: [raw['name'], raw['login'], raw['text']].find((name) => typeof name === 'string')?.slice(0, 200) ?? null,
  raw: keepable(raw),
})

const gather = (into: Sideload, from: Sideload | undefined): void => {
  if (from?.contracts) (into.contracts ??= []).push(...from.contracts)
  if (from?.tariff_plans) (into.tariff_plans ??= []).push(...from.tariff_plans)
  // One that was only referred to by its id must not take away the name that another row gives it.
  for (const partner of from?.partners ?? []) {
    const named = (into.partners ??= []).some(({ id, name }) => id === partner.id && name !== '')
    if (!named || partner.name !== '') into.partners.push(partner)
  }
}

interface Owned<T> {
  lists: Lists
  mapper: Mapper<T>
  zone: number
}
/** A short list that belongs to one client, whole: rows that cannot be read make it useless. */
export const readOwned = async <T>(
  list: Omit<ListRequest, 'cursor'>,
  { lists, mapper, zone }: Owned<T>,
): Promise<Rows<T> & { at: number }> => {
  const { items, at } = await readWhole((cursor) => lists.page({ ...list, cursor }))
  const rows = mappedRows(items, mapper, zone)
  if (rows.unreadable.length > 0) throw unreadable(rows)
  return { ...rows, at }
}

/** Which field, and what is wrong with it; never the value itself. */
export const unreadable = ({ unreadable: [first] }: Pick<Rows<unknown>, 'unreadable'>): AppError =>
  new AppError('bad-answer', `an answer cannot be read: ${first?.field ?? 'a row'}: ${first?.why ?? ''}`, { reason: 'unreadable' })
