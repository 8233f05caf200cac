import type { Input } from '@shared/ipc/contract'

export type Period = Input<'dashboard', 'series'>['period']

/** What the chart shows before anybody chose a period. */
export const FIRST_PERIOD: Period = 'day'
