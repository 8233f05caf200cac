import { z } from 'zod'
import { entity, HypervisorRef, Id, Quantity, Text, Time } from './fields'

const name = Text
const vdcId = Id.nullable()

export const Project = entity({ name, clientId: Id.nullable(), locked: z.boolean().nullable() })
export type Project = z.infer<typeof Project>

export const Vdc = entity({ name, createdAt: Time.nullable(), projectId: Id.nullable(), hypervisor: HypervisorRef.nullable() })

export const Server = entity({
  name,
  hostname: Text.nullable(),
  createdAt: Time.nullable(),
  vdcId,
  cpu: Quantity.nullable(),
  ramGb: Quantity.nullable(),
  power: z.boolean().nullable(),
  locked: z.boolean().nullable(),
  templateName: Text.nullable(),
})

export const Disk = entity({
  name,
  vdcId,
  serverId: Id.nullable(),
  sizeGb: Quantity.nullable(),
  isRoot: z.boolean().nullable(),
  storageProfileId: Id.nullable(),
  storageProfileName: Text.nullable(),
  billingClassId: Id.nullable(),
})

export const Network = entity({ name, vdcId })
export const Router = entity({ name, vdcId })

export const Port = entity({
  vdcId,
  type: Text.nullable(),
  ip: Text.nullable(),
  /** Counted as a public IP address (`filter_type=external`). */
  external: z.boolean(),
})

export const StorageProfile = entity({
  name,
  billingClassId: Id.nullable(),
  billingClassName: Text.nullable(),
  measure: Text.nullable(),
})
