import type { PlatformControl } from '../platform-control'

/** Everything that a platform holds at one moment, in flat rows (`GET /state`): what the screens are judged by. */
export interface Cloud {
  client: { id: string; name: string; partner: string; contract: string }[]
  contract: { id: string; name: string; plan: string | null; balance: number }[]
  partner: { id: string; name: string }[]
  billing_plan: { id: string; name: string }[]
  project: { id: string; name: string; client: string }[]
  vdc: { id: string; name: string; project: string; hypervisor: string }[]
  vm: { id: string; name: string; vdc: string; cpu: number; ram: number; power: boolean }[]
  disk: { id: string; name: string; vdc: string; vm: string | null; size: number; billing_class: string }[]
  network: { id: string; vdc: string }[]
  router: { id: string; vdc: string }[]
  port: { id: string; vdc: string; external: boolean }[]
  limit: Limit[]
  partner_limit: Limit[]
}
export interface Limit {
  id: string
  /** Of whom a client's limit is. */
  client?: string
  hypervisor: string
  type: string
  value: number
}

export const readCloud = (control: PlatformControl): Promise<Cloud> => control.read('/state')

/** Gigabytes may be fractions: their sums are compared to a thousandth. */
export const sum = <T>(rows: readonly T[], of: (row: T) => number): number =>
  Math.round(rows.reduce((total, row) => total + of(row), 0) * 1000) / 1000

export const kopecks = (rubles: number): number => Math.round(rubles * 100)
