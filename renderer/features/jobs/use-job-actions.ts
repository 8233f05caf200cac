import { api, ApiError } from '@renderer/api/client'
import { useText } from '@renderer/locales'
import { useErrorWords } from '@renderer/locales/error-words'
import { useToasts } from '@renderer/ui/use-toasts'
import type { JobRow } from '@shared/ipc/jobs'

export interface JobAction {
  key: 'open' | 'show' | 'again' | 'commands' | 'cancel'
  label: string
  run: () => void
}

/** What may be done about a job, as it stands. */
export const useJobActions = () => {
  const t = useText()
  const toasts = useToasts()
  const words = useErrorWords()
  const attempt = (work: () => Promise<unknown>) => (): void =>
    void work().catch((error: unknown) => {
      const said = words(ApiError.from(error))
      toasts.failed(said.title, said.todo)
    })
  const drop = ({ id }: JobRow): void => attempt(() => api.jobs.drop({ id }))()

  const action = {
    open: ({ id }: JobRow) => attempt(() => api.shell.openJobFile({ id })),
    show: ({ id }: JobRow) => attempt(() => api.shell.showJobFile({ id })),
    again: ({ id }: JobRow) => attempt(() => api.jobs.again({ id })),
    cancel: ({ id }: JobRow) => attempt(() => api.jobs.cancel({ id })),
  }
  const of = (row: JobRow): JobAction[] => {
    const make = (key: keyof typeof action): JobAction => ({ key, label: t(`jobs.do.${key}`), run: action[key](row) })
    switch (row.state) {
      case 'waiting':
      case 'running':
        return [make('cancel')]
      case 'done':
        return row.result?.kind === 'list-export' || row.result?.kind === 'save-file' ? [make('open'), make('show')] : []
      case 'failed':
      case 'cancelled':
      case 'interrupted':
        return row.kind === 'batch' ? [] : [make('again')]
    }
  }
  return { of, drop, show: (row: JobRow) => action.show(row)() }
}
