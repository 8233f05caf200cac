import { clientPath, notePath, ownContractPath, ownPlanPath, projectsPath } from '@renderer/api/record-paths'
import { useSync } from '@renderer/api/sync'
import { useRowActions } from '@renderer/list/row-actions'
import { useText } from '@renderer/locales'
import type { RowAction, RowMenu } from '@renderer/ui/table/types'
import type { ClientRow } from '@shared/ipc/rows'
import { useRouter } from 'vue-router'

/** What can be done with one client: the same in the row's menu, on right click and in the panel. */
export const useClientActions = (): RowMenu<ClientRow> => {
  const t = useText()
  const router = useRouter()
  const sync = useSync()
  const go = (to: string) => () => void router.push(to)
  const { copyId } = useRowActions()

  return (row) => {
    const contract = ownContractPath(row)
    const plan = ownPlanPath(row)
    const links: RowAction[] = [
      { label: t('clients.act.open'), icon: 'i-lucide-panel-right-open', run: go(clientPath(row)), keys: ['enter'] },
      { label: t('clients.act.note'), icon: 'i-lucide-message-square-plus', run: go(notePath(row, 'new')) },
      { label: t('clients.act.projects'), icon: 'i-lucide-folder-tree', run: go(projectsPath(row)) },
      ...(contract ? [{ label: t('clients.act.contract'), icon: 'i-lucide-file-text', run: go(contract) }] : []),
      ...(plan ? [{ label: t('clients.act.plan'), icon: 'i-lucide-tags', run: go(plan) }] : []),
      copyId(row),
    ]
    const later: RowAction[] = [
      {
        label: t('clients.correction'),
        icon: 'i-lucide-wallet',
        run: () => undefined,
        reason: t(sync.offline ? 'clients.correctionOffline' : 'clients.correctionOff'),
      },
      {
        label: t('clients.remove'),
        icon: 'i-lucide-trash-2',
        danger: true,
        run: () => undefined,
        reason: t(sync.offline ? 'clients.removeOffline' : 'clients.removeOff'),
      },
    ]
    return [links, later]
  }
}
