import type { useReadAhead } from '@renderer/api/read-ahead'
import type { Input } from '@shared/ipc/contract'

/** What the dashboard asks first, while its code is still on the way. */
export const readDashboardAhead = (ahead: ReturnType<typeof useReadAhead>, connectionId: string): void => {
  ahead.ask('dashboard', 'summary', { connectionId, hypervisorId: null })
  ahead.ask('dashboard', 'series', { connectionId, hypervisorId: null, period: FIRST_PERIOD })
}

export type Period = Input<'dashboard', 'series'>['period']

/** What the chart shows before anybody chose a period. */
export const FIRST_PERIOD: Period = 'day'
