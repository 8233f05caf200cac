import { isDataset, type DatasetName } from '../rustack/datasets'
import type { Cloud } from '../rustack/cloud'
import type { Reader } from '../rustack/http/page'
import { billingClass, SERVICES } from '../rustack/nomenclature'
import { planItems } from '../rustack/inferred/shapes'
import { wire } from '../rustack/profile'

/** All rows of a dataset as the API would send them, oldest first, whatever half the API offers. */
const DIRECTORIES = ['billing_class', 'storage_profile', 'platform', 'template', 'billing_plan_item'] as const
type Directory = (typeof DIRECTORIES)[number]
export type StateDataset = DatasetName | Directory

const isDirectory = (text: string): text is Directory => (DIRECTORIES as readonly string[]).includes(text)
export const isStateDataset = (text: string): text is StateDataset => isDataset(text) || isDirectory(text)

function directory(cloud: Cloud, name: Directory): readonly object[] {
  const { storage, platforms, templates } = cloud.catalogue
  if (name === 'storage_profile') return storage
  if (name === 'platform') return platforms
  if (name === 'template') return templates
  if (name === 'billing_class') return SERVICES.map((one) => billingClass(one.id))
  return cloud.plans.map((plan) => wire(cloud.profile, 'plan', { id: plan.id, name: plan.name, items: planItems(cloud.profile, plan) }))
}

const CHUNK = 1000

async function* rows(reader: Reader, dataset: DatasetName): AsyncGenerator<string> {
  yield '['
  for (let offset = 0, more = true; more; offset += CHUNK) {
    const bodies = reader.rows({ dataset, where: [], sort: 'ctime' }, CHUNK, offset)
    more = bodies.length === CHUNK
    if (bodies.length > 0) yield `${offset === 0 ? '' : ','}${bodies.join(',')}`
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  yield ']'
}

export async function* stateText(cloud: Cloud, reader: Reader, dataset: StateDataset): AsyncGenerator<string> {
  if (isDirectory(dataset)) yield JSON.stringify(directory(cloud, dataset))
  else yield* rows(reader, dataset)
}
