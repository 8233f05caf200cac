import type { Handlers } from '@shared/ipc/contract'
import type { DashboardService } from './service'

export const dashboardHandlers = (service: DashboardService): Handlers<'dashboard'> => ({
  summary: (input) => service.summary(input),
  series: (input) => service.series(input),
  contributors: (input) => service.contributors(input),
})
