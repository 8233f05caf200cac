import { useText } from '@renderer/locales'
import { useFormat } from '@renderer/ui/context'
import type { LineHead, TableColumn } from '@renderer/ui/table/types'
import type { BulkCellRow, BulkRow } from '@shared/ipc/bulk-limits'
import type { Output } from '@shared/ipc/contract'
import { computed, type ComputedRef } from 'vue'
import { useBulkWords } from './bulk-words'
import type { BulkLine } from './use-bulk'

type Place = Output<'limits', 'bulkPreview'>['places'][number]
export const asRow = (line: BulkLine): BulkRow | null => ('cells' in line ? line : null)
export const cellAt = (line: BulkLine, key: string): BulkCellRow | null => asRow(line)?.cells.find((cell) => cell.key === key) ?? null
/** Slots and columns of a place are named by its number: ids may hold anything. */
export const useColumn = (at: number): `use${number}` => `use${at}`
export const thenColumn = (at: number): `then${number}` => `then${at}`

/** Two columns for each place: what is in use, and what becomes of the limit. Use leaves first where room is short. */
export const useBulkColumns = (
  places: () => readonly Place[],
): { columns: ComputedRef<TableColumn<BulkLine>[]>; heads: LineHead<BulkLine> } => {
  const t = useText()
  const f = useFormat()
  const words = useBulkWords()
  const textOf = (cell: BulkCellRow | null): string => {
    if (cell === null) return '—'
    return cell.was === cell.then ? '=' : `${words.value(cell.was)} → ${cell.then === null ? t('bulk.removed') : f.num(cell.then)}`
  }
  const columnsOf = (place: Place, at: number): TableColumn<BulkLine>[] => {
    const name = words.place(place)
    const use = {
      key: useColumn(at),
      label: t('bulk.col.useOf', { place: name }),
      short: `${t('bulk.col.use')}: ${t(`units.limit.${place.type}`)}`,
      width: 112,
      rank: 20 + at,
      end: true,
    }
    const then = { key: thenColumn(at), label: t('bulk.col.thenOf', { place: name }), short: name, width: 116, rank: 0, end: true, grow: 1 }
    return [
      { ...use, text: (line) => (typeof cellAt(line, place.key)?.use === 'number' ? f.num(cellAt(line, place.key)?.use ?? 0) : '—') },
      { ...then, text: (line) => textOf(cellAt(line, place.key)) },
    ]
  }
  const columns = computed((): TableColumn<BulkLine>[] => [
    { key: 'name', label: t('bulk.col.name'), width: 210, rank: 0, grow: 2, text: (line) => asRow(line)?.name ?? '' },
    ...places().flatMap(columnsOf),
    {
      ...{ key: 'remark', label: t('bulk.col.remark'), width: 220, rank: 0, grow: 3 },
      text: (line) => {
        const row = asRow(line)
        return row ? (words.remark(row)?.text ?? '') : ''
      },
    },
  ])
  const heads: LineHead<BulkLine> = {
    is: (line) => 'count' in line,
    label: (line) => ('count' in line ? `${t(`bulk.group.${line.group}`)} ${f.num(line.count)}` : ''),
    figures: {},
  }
  return { columns, heads }
}
