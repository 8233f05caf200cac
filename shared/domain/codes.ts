/** What became of a payment. `unknown`: a status that the console has no rule for; it is shown as the platform says it. */
export const paymentStates = ['done', 'pending', 'cancelled', 'unknown'] as const
export type PaymentState = (typeof paymentStates)[number]

/**
 * Parts of the platform's own status words, whose full list is not public; the first letter is left out, since it may be
 * large or small. Whichever list holds one first decides: «Неуспешно» is no success.
 */
export const statusParts: Record<Exclude<PaymentState, 'unknown'>, readonly string[]> = {
  cancelled: ['тмен', 'тклон', 'еуспеш', 'шибк', 'ancel', 'eject', 'eclin', 'ailed', 'rror'],
  pending: ['бработ', 'брабат', 'жида', 'роцесс', 'rocess', 'ending', 'aiting'],
  done: ['спешн', 'роведен', 'ыполнен', 'ucce', 'omplet'],
}
const inTurn = ['cancelled', 'pending', 'done'] as const

export const paymentState = (status: string | null): PaymentState =>
  status === null ? 'unknown' : (inTurn.find((state) => statusParts[state].some((part) => status.includes(part))) ?? 'unknown')

/** The six topics of a ticket (the guide, §8.3), by the console's own names; how a platform writes them is in its profile. */
export const ticketTopics = ['support', 'bug', 'balance', 'migration', 'other', 'refund'] as const

/** What may be asked of a server, by the console's own names. */
export const powerOrders = ['on', 'off', 'reboot'] as const
export type PowerOrder = (typeof powerOrders)[number]
