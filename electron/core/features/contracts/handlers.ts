import { AppError } from '@shared/errors'
import type { Handlers } from '@shared/ipc/contract'
import { findContract } from '../../store/read/contracts'
import { asOfAll } from '../../store/read/sync-status'
import type { Workspace } from '../workspace'

export const contractsHandlers = ({ cache }: Workspace, contracts: Pick<Handlers<'contracts'>, 'list'>): Handlers<'contracts'> => ({
  list: (asked) => contracts.list(asked),
  get: ({ connectionId, id }) => {
    const row = findContract(cache, connectionId, id)
    if (!row) throw new AppError('not-found', 'no such contract')
    return { ...row, asOf: asOfAll(cache, connectionId, ['contracts']) }
  },
})
