import { AppError } from '@shared/errors'
import type { Handlers } from '@shared/ipc/contract'
import { asOfAll } from '../../store/read/sync-status'
import { findPlan } from '../../store/read/tariff-plans'
import type { Workspace } from '../workspace'

export const tariffPlansHandlers = ({ cache }: Workspace, plans: Pick<Handlers<'tariffPlans'>, 'list'>): Handlers<'tariffPlans'> => ({
  list: (asked) => plans.list(asked),
  get: ({ connectionId, id }) => {
    const row = findPlan(cache, connectionId, id)
    if (!row) throw new AppError('not-found', 'no such tariff plan')
    return { ...row, asOf: asOfAll(cache, connectionId, ['tariff_plans']) }
  },
})
