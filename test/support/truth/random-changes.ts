import type { Random } from '../../../electron/demo/random'
import type { PlatformControl, PlatformRow } from '../platform-control'

/** One kind of change that somebody else makes at the platform; false where there is nothing to change. */
type Change = (at: Changes) => Promise<boolean>
interface Changes {
  control: PlatformControl
  random: Random
}

const rowOf = async ({ control, random }: Changes, dataset: string): Promise<PlatformRow | null> => {
  const rows = await control.state(dataset)
  return rows.length === 0 ? null : random.pick(rows)
}
const create = async ({ control }: Changes, dataset: string, fields: object): Promise<boolean> => {
  await control.tell('/mutate', { op: 'create', dataset, fields })
  return true
}
const update =
  (dataset: string, fields: (random: Random, row: PlatformRow) => object): Change =>
  async (at) => {
    const row = await rowOf(at, dataset)
    if (row) await at.control.tell('/mutate', { op: 'update', dataset, id: row.id, fields: fields(at.random, row) })
    return row !== null
  }
const remove =
  (dataset: string): Change =>
  async (at) => {
    const row = await rowOf(at, dataset)
    if (row) await at.control.tell('/mutate', { op: 'delete', dataset, id: row.id })
    return row !== null
  }
const inVdc =
  (dataset: string): Change =>
  async (at) => {
    const network = await rowOf(at, 'network')
    const vdc = (network?.['vdc'] as { id: string } | undefined)?.id
    return vdc === undefined ? false : create(at, dataset, { vdc })
  }
/** To another parent, as the platform would show it. */
const move =
  (dataset: string, field: string, parent: string): Change =>
  async (at) => {
    const [row, to] = [await rowOf(at, dataset), await rowOf(at, parent)]
    if (!row || !to) return false
    const { id, name, hypervisor } = to
    const fields = { [field]: { id, name, ...(hypervisor === undefined ? {} : { hypervisor }) } }
    await at.control.tell('/mutate', { op: 'update', dataset, id: row.id, fields })
    return true
  }

const changes: readonly (readonly [change: Change, weight: number])[] = [
  [(at) => create(at, 'client', { balance: at.random.int(-50_000, 50_000) / 100 }), 4],
  [inVdc('vm'), 14],
  [inVdc('disk'), 10],
  [update('client', (random) => ({ name: `ООО «Новое имя ${String(random.int(1, 1_000_000))}»` })), 6],
  [update('client', (random) => ({ balance: random.int(-2_000_000, 2_000_000) / 100 })), 8],
  [update('vm', (random) => ({ cpu: random.int(1, 32), ram: random.int(1, 128) / 2 })), 12],
  [update('vm', (random) => ({ power: random.chance(0.5) })), 4],
  [update('disk', (random) => ({ size: random.int(1, 4000) })), 8],
  [move('vm', 'vdc', 'vdc'), 8],
  [move('project', 'client', 'client'), 6],
  [remove('vm'), 10],
  [remove('disk'), 8],
  [remove('vdc'), 2],
  [remove('project'), 2],
  [remove('client'), 2],
  [remove('router'), 2],
  [remove('port'), 4],
]

/** Makes `count` changes, the same ones for the same seed. */
export const changeAtRandom = async (at: Changes, count: number): Promise<void> => {
  for (let made = 0; made < count;) if (await at.random.weighted(changes)(at)) made++
}
