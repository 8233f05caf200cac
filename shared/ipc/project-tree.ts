import { z } from 'zod'
import { AsOf, Id, Missing, windowInput } from './rows'

/** A figure of a list that was not read is null: never 0. */
const Figure = z.number().nullable()
/** `key` names the row among the folds. */
const place = { key: z.string(), level: z.int(), foldable: z.boolean(), open: z.boolean() }
const contents = { servers: Figure, cpu: Figure, ramGb: Figure, disks: Figure, diskGb: Figure }
const net = { networks: Figure, routers: Figure, ips: Figure }

/** One row of the tree as it stands unfolded: project, VDC, server, disk; and what hangs on no row of the store. */
export const TreeRow = z.discriminatedUnion('kind', [
  /** `name` null: VDCs whose project is not in the list. */
  z.object({
    kind: z.literal('project'),
    ...place,
    name: z.string().nullable(),
    locked: z.boolean().nullable(),
    vdcs: Figure,
    ...contents,
  }),
  /** `name` null: what names no VDC of the list. */
  z.object({ kind: z.literal('vdc'), ...place, name: z.string().nullable(), hypervisor: z.string().nullable(), ...contents, ...net }),
  z.object({
    kind: z.literal('server'),
    ...place,
    name: z.string(),
    hostname: z.string().nullable(),
    cpu: z.number().nullable(),
    ramGb: z.number().nullable(),
    power: z.boolean().nullable(),
    locked: z.boolean().nullable(),
    disks: Figure,
    diskGb: Figure,
  }),
  /** Disks of no server, or of a server that is not among this VDC's. */
  z.object({ kind: z.literal('disks'), ...place, of: z.enum(['none', 'unseen']), disks: z.number(), diskGb: z.number() }),
  z.object({ kind: z.literal('nets'), ...place, ...net }),
  z.object({ kind: z.literal('disk'), ...place, name: z.string(), profile: z.string().nullable(), sizeGb: z.number().nullable() }),
  z.object({ kind: z.literal('net'), ...place, of: z.enum(['network', 'router', 'ip']), name: z.string() }),
])
export type TreeRow = z.infer<typeof TreeRow>

/** Which rows stand open: as usual (projects and VDCs), all, or none, but for those that were turned over. */
export const Folds = z.strictObject({ base: z.enum(['usual', 'open', 'shut']), turned: z.array(z.string().max(220)).max(1000) })
export type Folds = z.infer<typeof Folds>

export const projectsInput = z.strictObject({
  connectionId: Id,
  /** null = what belongs to no known client. */
  clientId: Id.nullable(),
  text: z.string().max(200),
  folds: Folds,
  ...windowInput,
})
export type ProjectsInput = z.infer<typeof projectsInput>

export const projectsOutput = z.object({
  rows: z.array(TreeRow),
  total: z.number(),
  /** Of everything that hangs on the client, whatever is shown of it. */
  totals: z.object({ projects: Figure, vdcs: Figure, ...contents, ...net }),
  asOf: AsOf,
  /** Lists without which some figures are unknown, and why. */
  lacking: z.array(Missing),
})
