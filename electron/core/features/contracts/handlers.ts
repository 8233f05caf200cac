import { AppError } from '@shared/errors'
import type { Handlers } from '@shared/ipc/contract'
import { contractTotals, findContract, listContracts } from '../../store/read/contracts'
import type { Memo } from '../../store/read/memo'
import { asOfAll } from '../../store/read/sync-status'
import { boundedRows } from '../bounded-rows'
import type { Workspace } from '../workspace'

export const contractsHandlers = ({ cache }: Workspace, memo: Memo): Handlers<'contracts'> => ({
  list: (query) => {
    const { offset: _offset, limit: _limit, sort: _sort, ...shown } = query
    return {
      rows: boundedRows(listContracts(cache, query)),
      ...memo(`contracts.totals ${JSON.stringify(shown)}`, () => contractTotals(cache, query)),
      asOf: asOfAll(cache, query.connectionId, ['contracts']),
    }
  },
  get: ({ connectionId, id }) => {
    const row = findContract(cache, connectionId, id)
    if (!row) throw new AppError('not-found', 'no such contract')
    return { ...row, asOf: asOfAll(cache, connectionId, ['contracts']) }
  },
})
