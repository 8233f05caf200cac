import { z } from 'zod'

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
export const Dataset = z.enum(datasets)
export type Dataset = z.infer<typeof Dataset>

/** Whether the vendor's public code states a dataset's endpoint, or the console guesses it from a profile. */
export const Certainty = z.enum(['known', 'inferred'])
export type Certainty = z.infer<typeof Certainty>
