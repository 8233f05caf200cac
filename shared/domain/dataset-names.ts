/** What is synced from a platform, each with its own "as of", in the order in which a person misses it. Names are the ones of `store:dump` too. */
export const datasets = [
  'clients',
  'partners',
  'contracts',
  'tariff_plans',
  'projects',
  'vdcs',
  'servers',
  'storage_profiles',
  'disks',
  'notes',
  'accounts',
  'payments',
  'tickets',
  'events',
  'networks',
  'routers',
  'ports',
  'limits',
  'statistics',
] as const

/** What can be changed on a platform, as far as it is asked for when connecting. */
export const writeFeatures = ['notes', 'limits', 'power'] as const

/** What can be found by its text. The place of a kind is its number in the index: new ones are added at the end, up to 64. */
export const searchKinds = ['client', 'contract', 'tariff_plan', 'server', 'account', 'payment', 'ticket', 'event'] as const
export type SearchKind = (typeof searchKinds)[number]

/** What the search over everything looks for. */
export const foundKinds = [
  'client',
  'contract',
  'tariff_plan',
  'server',
  'account',
  'payment',
  'ticket',
  'event',
] as const satisfies readonly SearchKind[]
