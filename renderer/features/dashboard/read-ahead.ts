import type { useReadAhead } from '@renderer/api/read-ahead'
import { FIRST_PERIOD } from './first-view'

/** What the dashboard asks first, while its code is still on the way. */
export const readDashboardAhead = (ahead: ReturnType<typeof useReadAhead>, connectionId: string): void => {
  ahead.ask('dashboard', 'summary', { connectionId, hypervisorId: null })
  ahead.ask('dashboard', 'series', { connectionId, hypervisorId: null, period: FIRST_PERIOD })
}
