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
