import { api } from '@renderer/api/client'
import { useColumnKinds, type ListColumn } from '@renderer/list/columns'
import { useList } from '@renderer/list/use-list'
import { useText } from '@renderer/locales'
import { contractList } from '@shared/domain/lists/contracts'
import type { Output } from '@shared/ipc/contract'
import type { ContractRow } from '@shared/ipc/contracts'
import { computed } from 'vue'

const setup = {
  spec: contractList,
  texts: 'contracts' as const,
  load: api.contracts.list,
  follow: ['contracts', 'clients', 'tariff_plans', 'partners'] as const,
}
export const useContracts = () => useList<ContractRow, Output<'contracts', 'list'>>(setup)

export const useContractColumns = () => {
  const t = useText()
  const kinds = useColumnKinds<ContractRow>(setup)
  return computed((): ListColumn<ContractRow>[] => [
    kinds.text('name', { width: 180, rank: 0, grow: 0.8 }),
    kinds.text('client', {
      width: 300,
      rank: 2,
      grow: 1.4,
      text: (row) => `${row.partnerName ?? '—'} – ${row.clientName ?? '—'}`,
      file: [
        { field: 'partnerName', as: 'text', title: t('contracts.card.partner') },
        { field: 'clientName', as: 'text', title: t('contracts.card.client') },
      ],
    }),
    kinds.money('balance', { width: 140, rank: 1 }),
    kinds.text('plan', { of: 'planName', width: 160, rank: 3 }),
    kinds.day('created', { of: 'createdAt', width: 110, rank: 4 }),
  ])
}
