import { api } from '@renderer/api/client'
import { ownContractPath, ownPlanPath, projectsPath } from '@renderer/api/record-paths'
import { useSync } from '@renderer/api/sync'
import { useText } from '@renderer/locales'
import { menuItems } from '@renderer/ui/table/menu-items'
import type { RowMenu } from '@renderer/ui/table/types'
import { useToasts } from '@renderer/ui/use-toasts'
import { computed } from 'vue'
import { useRouter } from 'vue-router'
import type { Details } from './extra'

/** «Действия» of the card: what the list's row menu has, and what is not there yet with its reason. */
export const useCardActions = (client: () => Details | null) => {
  const t = useText()
  const router = useRouter()
  const sync = useSync()
  const toasts = useToasts()
  const go = (to: string) => () => void router.push(to)
  const correctionWhy = computed(() => t(sync.offline ? 'clients.correctionOffline' : 'clients.correctionOff'))
  const link = (label: string, icon: string, to: string | null) => (to ? [{ label, icon, run: go(to) }] : [])
  const menu: RowMenu<Details> = (row) => [
    [
      {
        label: t('clients.act.note'),
        icon: 'i-lucide-message-square-plus',
        run: () => void router.replace({ query: { tab: 'notes', note: 'new' } }),
      },
      ...link(t('clients.act.projects'), 'i-lucide-folder-tree', projectsPath(row)),
      ...link(t('clients.act.contract'), 'i-lucide-file-text', ownContractPath(row)),
      ...link(t('clients.act.plan'), 'i-lucide-tags', ownPlanPath(row)),
      {
        label: t('list.copyId'),
        icon: 'i-lucide-copy',
        run: () => void api.shell.copyText({ text: row.id }).then(() => toasts.done(t('list.copied'))),
      },
    ],
    [
      { label: t('clients.correction'), icon: 'i-lucide-wallet', run: () => undefined, reason: correctionWhy.value },
      {
        label: t('clients.remove'),
        icon: 'i-lucide-trash-2',
        danger: true,
        run: () => undefined,
        reason: t(sync.offline ? 'clients.removeOffline' : 'clients.removeOff'),
      },
    ],
  ]
  const items = computed(() => menuItems(menu, client() ?? undefined))
  return { items, correctionWhy }
}
