import { AppError } from '@shared/errors'
import type { Result } from '@shared/ipc/call'
import { StoreChoice } from '@shared/ipc/shell'
import { asAppError } from './features/router'
import { storeChoices, takeChoice, type ClosedStore } from './store/recovery'

/** Answers for a store that does not open. */
export const recover = (store: Omit<ClosedStore, 'key'> & { key: string | null }, name: string, input: unknown): Result<unknown> => {
  try {
    const { key } = store
    if (key === null) throw new AppError('rejected', 'a temporary workspace has no files')
    if (name === 'choices') return { ok: true, value: storeChoices({ ...store, key }) }
    if (name !== 'take') throw new AppError('not-found', `no such call: ${name}`)
    takeChoice({ ...store, key }, StoreChoice.parse(input))
    return { ok: true, value: {} }
  } catch (error) {
    return { ok: false, error: asAppError(error).toData() }
  }
}
