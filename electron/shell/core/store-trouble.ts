import type { AppErrorData } from '@shared/errors'
import type { WorkspaceState } from '@shared/ipc/shell'

/** What a person can decide about: the store's own file is damaged or gone. Everything else that stops a start is only told. */
export const troubleOf = (error: AppErrorData | null): Extract<WorkspaceState, 'store-damaged' | 'store-missing'> | null => {
  if (error?.code !== 'storage') return null
  const { reason, file } = error.details
  if (reason === 'missing') return 'store-missing'
  const isLocal = typeof file === 'string' && file.endsWith('local.db')
  return isLocal && (reason === 'damaged' || reason === 'wrong-key-or-damaged') ? 'store-damaged' : null
}
