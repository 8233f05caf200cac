import { api } from '@renderer/api/client'
import { useColumnKinds, type ListColumn } from '@renderer/list/columns'
import { useList } from '@renderer/list/use-list'
import { useText } from '@renderer/locales'
import { useFormat } from '@renderer/ui/context'
import type { LineHead } from '@renderer/ui/table/types'
import { paymentList } from '@shared/domain/lists/payments'
import type { Money } from '@shared/domain/money'
import type { Output } from '@shared/ipc/contract'
import type { DayHead } from '@shared/ipc/list'
import type { PaymentRow } from '@shared/ipc/payments'
import { computed } from 'vue'

const setup = {
  spec: paymentList,
  texts: 'payments' as const,
  load: api.payments.list,
  follow: ['payments', 'contracts', 'clients'] as const,
  hot: ['unfinished'],
}
export const usePayments = () => useList<PaymentRow, Output<'payments', 'list'>>(setup)

export const usePaymentColumns = () => {
  const t = useText()
  const kinds = useColumnKinds<PaymentRow>(setup)
  return computed((): ListColumn<PaymentRow>[] => [
    kinds.moment('created', { of: 'createdAt', width: 132, rank: 0, grow: 0 }),
    kinds.text('transaction', { width: 240, rank: 2, grow: 1.4 }),
    kinds.money('amount', { width: 140, rank: 1 }),
    kinds.text('contract', {
      width: 250,
      rank: 3,
      grow: 1.2,
      text: (row) => [row.clientName, row.contractName].filter(Boolean).join(', ') || '—',
      file: [
        { field: 'clientName', as: 'text', title: t('payments.filter.client') },
        { field: 'contractName', as: 'text', title: t('payments.col.contract') },
      ],
    }),
    kinds.text('method', { width: 150, rank: 5 }),
    kinds.text('status', { width: 130, rank: 4 }),
    kinds.text('id', { width: 100, rank: 6 }),
  ])
}

/** The head of a day: which one, how many payments, and what the completed ones come to. */
export const useDayHeads = (): LineHead<PaymentRow> => {
  const t = useText()
  const f = useFormat()
  const asDay = (row: PaymentRow): DayHead => row as unknown as DayHead
  const signed = (sum: Money): string => (sum.minor > 0 ? '+' : '') + f.money(sum)
  return {
    is: (row) => 'day' in row,
    label: (row) => {
      const { day, count } = asDay(row)
      return `${day === null ? t('payments.noDate') : `${f.dayWords(day)} ${String(new Date(day).getFullYear())}`} · ${f.num(count)}`
    },
    figures: { amount: (row) => asDay(row).sums?.map(signed).join(' · ') ?? '—' },
  }
}
