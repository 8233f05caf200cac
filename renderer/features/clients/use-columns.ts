import { useSync } from '@renderer/api/sync'
import { useText } from '@renderer/locales'
import { useFormat } from '@renderer/ui/context'
import type { TableColumn } from '@renderer/ui/table/types'
import type { Dataset } from '@shared/domain/datasets'
import type { ClientRow } from '@shared/ipc/rows'
import { computed } from 'vue'

export const paymentKey = (code: string | null): 'clients.prepaid' | 'clients.postpaid' | null => {
  if (code === null) return null
  if (/^pre/i.test(code)) return 'clients.prepaid'
  return /^post/i.test(code) ? 'clients.postpaid' : null
}

/** Columns of lists that a deployment may not have. */
const listOf: Partial<Record<string, Dataset>> = { status: 'accounts', limit: 'limits' }

/** The columns of the list; the ranks say what leaves first where room is short. */
export const useClientColumns = () => {
  const t = useText()
  const f = useFormat()
  const sync = useSync()
  const count = (n: number | null): string => (n === null ? '—' : f.num(n))
  const status = ({ unmanaged }: ClientRow): string => (unmanaged === null ? '—' : t(unmanaged ? 'clients.unmanaged' : 'clients.managed'))
  const limit = ({ tightest }: ClientRow): string => {
    if (!tightest) return ''
    const name = tightest.type ? t(`units.limit.${tightest.type}`) : tightest.typeCode
    return `${name} ${count(tightest.use)} / ${f.num(tightest.limit)}`
  }
  const payment = ({ paymentModel }: ClientRow): string => {
    const key = paymentKey(paymentModel)
    return key ? t(key) : (paymentModel ?? '—')
  }
  const all = (): TableColumn<ClientRow>[] => [
    { key: 'name', label: t('clients.col.name'), width: 232, rank: 0, sort: true, grow: 1.2, text: (row) => row.name },
    { key: 'status', label: t('clients.col.status'), width: 168, rank: 3, text: status },
    {
      key: 'balance',
      label: t('clients.col.balance'),
      width: 132,
      rank: 1,
      end: true,
      sort: true,
      text: (row) => (row.balance ? f.money(row.balance) : '—'),
    },
    { key: 'plan', label: t('clients.col.plan'), width: 136, rank: 4, sort: true, text: (row) => row.planName ?? '—' },
    { key: 'limit', label: t('clients.col.limit'), width: 240, rank: 2, sort: 'desc', grow: 1.1, text: limit },
    {
      key: 'projects',
      label: t('clients.col.projects'),
      short: t('clients.col.projectsShort'),
      width: 84,
      rank: 5,
      end: true,
      sort: 'desc',
      text: (row) => count(row.projects),
    },
    { key: 'servers', label: t('clients.col.servers'), width: 84, rank: 6, end: true, sort: 'desc', text: (row) => count(row.servers) },
    { key: 'cpu', label: t('clients.col.cpu'), width: 88, rank: 7, end: true, sort: 'desc', text: (row) => count(row.cpu) },
    { key: 'ram', label: t('clients.col.ram'), width: 92, rank: 8, end: true, sort: 'desc', text: (row) => count(row.ramGb) },
    { key: 'volume', label: t('clients.col.volume'), width: 104, rank: 9, end: true, sort: 'desc', text: (row) => count(row.volumeGb) },
    { key: 'partner', label: t('clients.col.partner'), width: 140, rank: 11, sort: true, text: (row) => row.partnerName ?? '—' },
    { key: 'contract', label: t('clients.col.contract'), width: 128, rank: 12, sort: true, text: (row) => row.contractName ?? '—' },
    { key: 'payment', label: t('clients.col.payment'), width: 120, rank: 13, text: payment },
    {
      key: 'created',
      label: t('clients.col.created'),
      width: 104,
      rank: 10,
      end: true,
      sort: 'desc',
      text: (row) => (row.createdAt === null ? '—' : f.dateShort(row.createdAt)),
    },
  ]
  // A column that can never fill is not there.
  return computed(() => all().filter(({ key }) => sync.missing(listOf[key] ?? 'clients') !== 'not-offered'))
}
