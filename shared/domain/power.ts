/** What may be asked of a server, by the console's own names. */
export const powerOrders = ['on', 'off', 'reboot'] as const
export type PowerOrder = (typeof powerOrders)[number]
