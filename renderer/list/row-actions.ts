import { api } from '@renderer/api/client'
import { useText } from '@renderer/locales'
import type { RowAction } from '@renderer/ui/table/types'
import { useToasts } from '@renderer/ui/use-toasts'
import { useRouter } from 'vue-router'

/** Actions that rows of every list have. */
export const useRowActions = () => {
  const t = useText()
  const router = useRouter()
  const toasts = useToasts()
  return {
    /** One that leads to a page, where there is one. */
    go: (label: string, icon: string, to: string | null, keys?: string[]): RowAction[] =>
      to === null ? [] : [{ label, icon, run: () => void router.push(to), ...(keys ? { keys } : {}) }],
    copyId: ({ id }: { id: string }): RowAction => ({
      label: t('list.copyId'),
      icon: 'i-lucide-copy',
      run: () => void api.shell.copyText({ text: id }).then(() => toasts.done(t('list.copied'))),
    }),
  }
}
