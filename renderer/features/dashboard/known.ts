import type { AsOf } from '@shared/ipc/rows'

/** While the first sync runs, a figure of something not read to its end is no figure: a dash stands for it. */
export const isKnown = (asOf: AsOf, first: boolean): boolean => asOf.at !== null && (asOf.complete || !first)
