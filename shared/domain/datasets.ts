import { z } from 'zod'
import { datasets, writeFeatures } from './dataset-names'

export { datasets } from './dataset-names'

export const Dataset = z.enum(datasets)
export type Dataset = z.infer<typeof Dataset>

export const WriteFeature = z.enum(writeFeatures)
export type WriteFeature = z.infer<typeof WriteFeature>

/** Whether the vendor's public code states a dataset's endpoint, or the console guesses it from a profile. */
export const Certainty = z.enum(['known', 'inferred'])
export type Certainty = z.infer<typeof Certainty>
