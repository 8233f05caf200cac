import { useToast } from '@nuxt/ui/composables/useToast'

export interface ToastAction {
  label: string
  run: () => void
}
/** Short notes about what is done; what lasts is a banner, what must be decided is a dialog. */
export const useToasts = () => {
  const toast = useToast()
  const add = (title: string, more: { text?: string; icon: string; color: 'neutral' | 'error'; actions?: ToastAction[] }): void => {
    toast.add({
      title,
      ...(more.text ? { description: more.text } : {}),
      icon: more.icon,
      color: more.color,
      actions: (more.actions ?? []).map(({ label, run }) => ({
        label,
        color: 'neutral' as const,
        variant: 'outline' as const,
        onClick: run,
      })),
    })
  }
  return {
    done: (title: string, undo?: ToastAction) =>
      add(title, { icon: 'i-lucide-check', color: 'neutral', ...(undo ? { actions: [undo] } : {}) }),
    failed: (title: string, text?: string, again?: ToastAction) =>
      add(title, { icon: 'i-lucide-octagon-alert', color: 'error', ...(text ? { text } : {}), ...(again ? { actions: [again] } : {}) }),
  }
}
