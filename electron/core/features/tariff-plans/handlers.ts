import { AppError } from '@shared/errors'
import type { Handlers } from '@shared/ipc/contract'
import { asOfAll } from '../../store/read/sync-status'
import { countPlans, findPlan, listPlans } from '../../store/read/tariff-plans'
import { boundedRows } from '../bounded-rows'
import type { Workspace } from '../workspace'

export const tariffPlansHandlers = ({ cache }: Workspace): Handlers<'tariffPlans'> => ({
  list: (query) => ({
    rows: boundedRows(listPlans(cache, query)),
    total: countPlans(cache, query),
    asOf: asOfAll(cache, query.connectionId, ['tariff_plans']),
  }),
  get: ({ connectionId, id }) => {
    const row = findPlan(cache, connectionId, id)
    if (!row) throw new AppError('not-found', 'no such tariff plan')
    return { ...row, asOf: asOfAll(cache, connectionId, ['tariff_plans']) }
  },
})
