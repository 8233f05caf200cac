/** What is counted of servers, disks and networks: of a VDC, a client, a hypervisor. */
export interface Figures {
  servers: number
  cpu: number
  ramGb: number
  disks: number
  volumeGb: number
  ip: number
  networks: number
  routers: number
}

/** What is counted of one VDC. Counted along server → VDC → project → client; '' where a parent is not in the store. */
export interface VdcUsage extends Figures {
  vdcId: string
  hypervisorId: string
  hypervisorName: string
  hypervisorType: string | null
  clientId: string
  toldClientId: string | null
}
export interface VdcDisk {
  vdcId: string
  profileId: string
  classId: string
  name: string
  disks: number
  volumeGb: number
}
/** VDCs in the order of their ids, both ends included; '' to '' = rows that name no VDC. */
export interface VdcRange {
  connectionId: string
  first: string
  last: string
}

/** Sums of decimal fractions stay what they are: nothing drifts by being added to and taken from. */
export const rounded = (value: number): number => Math.round(value * 1e6) / 1e6
