import { z } from 'zod'
import { seededRandom } from '../random'
import type { RunningApi } from '../rustack/assemble'
import type { Cloud } from '../rustack/cloud'
import { DATASETS, isDataset, type DatasetName } from '../rustack/datasets'
import { removeRow } from '../rustack/changes/removals'
import type { StoredRow } from '../rustack/store'
import { createRow } from './create'
import { ControlError } from './parts'
import { updateRow } from './update'

/** Changes rows directly, as if somebody else had worked at the platform in the meantime. */
const fields = z.record(z.string(), z.unknown())
const schema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('create'), dataset: z.string(), fields: fields.default({}) }),
  z.strictObject({ op: z.literal('update'), dataset: z.string(), id: z.string(), fields }),
  z.strictObject({ op: z.literal('delete'), dataset: z.string(), id: z.string() }),
  z.strictObject({ op: z.literal('revoke-token') }),
  z.strictObject({ op: z.literal('restore-token') }),
])

function datasetOf(name: string): DatasetName {
  if (!isDataset(name)) throw new ControlError(400, `no dataset ${name}: use ${Object.keys(DATASETS).join(', ')}`)
  return name
}

function rowOf(cloud: Cloud, dataset: DatasetName, id: string): StoredRow {
  const row = cloud.store.byId(dataset, id)
  if (row === undefined) throw new ControlError(404, `no ${dataset} ${id}`)
  return row
}

function apply(cloud: Cloud, api: RunningApi, change: z.infer<typeof schema>): object {
  const at = cloud.moment()
  if (change.op === 'revoke-token' || change.op === 'restore-token') {
    api.setTokenValid(change.op === 'restore-token')
    return { ok: true }
  }
  const dataset = datasetOf(change.dataset)
  if (change.op === 'create') {
    const made = Number(cloud.store.meta('mutations') ?? 0) + 1
    cloud.store.setMeta('mutations', String(made))
    const id = createRow({ cloud, at, random: seededRandom(cloud.seed, 'mutate', made) }, dataset, change.fields)
    return { ok: true, id, row: JSON.parse(api.reader.one(dataset, id) ?? 'null') as unknown }
  }
  const row = rowOf(cloud, dataset, change.id)
  if (change.op === 'delete') removeRow(cloud, dataset, row, at)
  else updateRow(cloud, dataset, row, change.fields, at)
  return { ok: true, id: row.id, row: JSON.parse(api.reader.one(dataset, row.id) ?? 'null') as unknown }
}

export function mutate(cloud: Cloud, api: RunningApi, body: unknown): object {
  const change = schema.safeParse(body)
  if (!change.success) throw new ControlError(400, z.prettifyError(change.error))
  return cloud.store.transaction(() => apply(cloud, api, change.data))
}
