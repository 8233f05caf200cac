import { useText } from '@renderer/locales'
import { useFormat } from '@renderer/ui/context'
import type { LimitType } from '@shared/domain/limits'
import { limitUnits } from '@shared/domain/limits'
import type { BulkCellRow, BulkRow } from '@shared/ipc/bulk-limits'

export interface Remark {
  text: string
  icon: string
  tone: string
}
const isChanged = ({ was, then }: BulkCellRow): boolean => was !== then

/** What a row says about itself: the gravest thing of it first. */
export const useBulkWords = () => {
  const t = useText()
  const f = useFormat()
  const place = ({ type, hypervisorName }: { type: LimitType; hypervisorName: string }): string =>
    `${t(`units.limit.${type}`)}, ${hypervisorName}`

  const ofCell = (cell: BulkCellRow): Remark[] => {
    const near = (text: string): Remark => ({ text, icon: 'i-lucide-triangle-alert', tone: 'text-near' })
    const warned = cell.warnings.map((warning): Remark => {
      const text =
        warning.kind === 'below-use'
          ? t('bulk.remark.below-use', { use: f.num(warning.use) })
          : t('bulk.remark.above-partner', { limit: f.num(warning.kind === 'above-partner' ? warning.limit : warning.room) })
      return { text, icon: 'i-lucide-circle-alert', tone: 'text-over' }
    })
    return [
      ...warned,
      ...(cell.waiting && isChanged(cell) ? [{ text: t('bulk.remark.waiting'), icon: 'i-lucide-send', tone: 'text-remote' }] : []),
      ...(cell.remark ? [near(t(`bulk.remark.${cell.remark}`))] : []),
      ...(isChanged(cell) && cell.was === null ? [near(t('bulk.remark.added'))] : []),
      ...(isChanged(cell) && cell.then === null ? [near(t('bulk.remark.removed'))] : []),
    ]
  }
  return {
    place,
    unit: (type: LimitType): string => t(`units.${limitUnits[type]}`),
    value: (value: number | null): string => (value === null ? t('bulk.notSet') : f.num(value)),
    remark: (row: BulkRow): Remark | null => {
      if (row.state === 'unread' || row.state === 'undecided')
        return { text: t(`bulk.remark.${row.state}`), icon: 'i-lucide-ban', tone: 'text-ink-3' }
      const all = row.cells.flatMap((cell) => ofCell(cell).map((remark) => ({ ...remark, type: cell.type })))
      const order = ['text-over', 'text-remote', 'text-near']
      const [first, ...others] = all.sort((a, b) => order.indexOf(a.tone) - order.indexOf(b.tone))
      if (!first) return null
      const head = row.cells.length > 1 ? `${t(`units.limit.${first.type}`)}: ` : ''
      const more = others.length > 0 ? `, ${t('bulk.remark.more', { n: f.num(others.length) })}` : ''
      return { ...first, text: head + first.text + more }
    },
  }
}
