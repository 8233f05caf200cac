/** What can be found by its text. The place of a kind is its number in the index: new ones are added at the end, up to 64. */
export const searchKinds = ['client', 'contract', 'tariff_plan', 'server', 'account', 'payment', 'ticket', 'event'] as const
export type SearchKind = (typeof searchKinds)[number]

/** What the search over everything looks for; the rest is looked for in its own list. */
export const foundKinds = ['client', 'contract', 'tariff_plan', 'server', 'account'] as const satisfies readonly SearchKind[]
