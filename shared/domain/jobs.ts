/** Long work that runs beside the program; `batch` is many commands as one, which the queue carries out. */
export const jobKinds = ['list-export', 'save-file', 'check-store'] as const
export type JobKindName = (typeof jobKinds)[number]

/** `interrupted`: the program ended before the work did. */
export const jobStates = ['waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted'] as const
export type JobState = (typeof jobStates)[number]
export const isOpenJob = (state: JobState): boolean => state === 'waiting' || state === 'running'
