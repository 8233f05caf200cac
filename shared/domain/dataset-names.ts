/** What is synced from a platform, each with its own "as of". Names are the ones of `store:dump` too. */
export const datasets = [
  'partners',
  'clients',
  'contracts',
  'tariff_plans',
  'projects',
  'vdcs',
  'servers',
  'disks',
  'networks',
  'routers',
  'ports',
  'storage_profiles',
  'accounts',
  'notes',
  'limits',
  'statistics',
] as const

/** What can be changed on a platform, as far as it is asked for when connecting. */
export const writeFeatures = ['notes', 'limits', 'power'] as const
