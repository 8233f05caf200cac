import { useSync } from '@renderer/api/sync'
import { useColumnKinds, type ListColumn } from '@renderer/list/columns'
import { useText } from '@renderer/locales'
import { useFormat } from '@renderer/ui/context'
import type { Dataset } from '@shared/domain/datasets'
import type { ClientRow } from '@shared/ipc/rows'
import { computed } from 'vue'
import { paymentLabel } from './payment'
import { clientTexts } from './use-client-list'

/** Columns of lists that a deployment may not have. */
const listOf: Partial<Record<string, Dataset>> = { status: 'accounts', limit: 'limits' }

/** The columns of the list; the ranks say what leaves first where room is short. */
export const useClientColumns = () => {
  const t = useText()
  const f = useFormat()
  const sync = useSync()
  const kinds = useColumnKinds<ClientRow>(clientTexts)
  const status = ({ unmanaged }: ClientRow): string => (unmanaged === null ? '—' : t(unmanaged ? 'clients.unmanaged' : 'clients.managed'))
  const limit = ({ tightest }: ClientRow): string => {
    if (!tightest) return ''
    const name = tightest.type ? t(`units.limit.${tightest.type}`) : tightest.typeCode
    return `${name} ${tightest.use === null ? '—' : f.num(tightest.use)} / ${f.num(tightest.limit)}`
  }
  const columns = computed((): ListColumn<ClientRow>[] => [
    kinds.text('name', { width: 232, rank: 0, grow: 1.2 }),
    kinds.text('status', {
      width: 168,
      rank: 3,
      text: status,
      file: [
        {
          field: 'unmanaged',
          as: 'text',
          title: t('clients.col.status'),
          words: { true: t('clients.unmanaged'), false: t('clients.managed') },
        },
      ],
    }),
    kinds.money('balance', { width: 132, rank: 1 }),
    kinds.text('plan', { of: 'planName', width: 136, rank: 4 }),
    kinds.text('limit', {
      width: 240,
      rank: 2,
      grow: 1.1,
      text: limit,
      file: [
        { field: 'tightest.typeCode', as: 'text', title: t('clients.file.limit') },
        { field: 'tightest.use', as: 'number', title: t('clients.file.use') },
        { field: 'tightest.limit', as: 'number', title: t('clients.file.value') },
      ],
    }),
    kinds.count('projects', { short: t('clients.col.projectsShort'), width: 84, rank: 5 }),
    kinds.count('servers', { width: 84, rank: 6 }),
    kinds.count('cpu', { width: 88, rank: 7 }),
    kinds.count('ram', { of: 'ramGb', width: 92, rank: 8 }),
    kinds.count('volume', { of: 'volumeGb', width: 104, rank: 9 }),
    kinds.text('partner', { of: 'partnerName', width: 140, rank: 11 }),
    kinds.text('contract', { of: 'contractName', width: 128, rank: 12 }),
    kinds.text('payment', {
      width: 120,
      rank: 13,
      text: ({ paymentModel }) => (paymentModel === null ? '—' : paymentLabel(paymentModel, t)),
      file: [
        {
          field: 'paymentModel',
          as: 'code',
          title: t('clients.col.payment'),
          words: { pre: t('clients.prepaid'), post: t('clients.postpaid') },
        },
      ],
    }),
    kinds.day('created', { of: 'createdAt', width: 104, rank: 10 }),
  ])
  /** A column that can never fill is not there. */
  const off = computed(() =>
    Object.entries(listOf).flatMap(([key, dataset]) => (dataset && sync.missing(dataset) === 'not-offered' ? [key] : [])),
  )
  return { columns, off }
}
