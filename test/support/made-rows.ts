import fc from 'fast-check'
import type { Dataset } from '../../shared/domain/datasets'
import type { EntityOf } from '../../shared/domain/entities'
import { client, contract, note, project } from './scripted-platform'

const extra = {}

/** One thing of each list, made from a number: which one it is, and what it says. */
export const made = {
  clients: (n: number, to: number) => client(`c${String(n % 4)}`, { contractId: to % 5 === 4 ? null : `k${String(to % 3)}` }),
  contracts: (n: number, to: number) => contract(`k${String(n % 3)}`, `c${String(n % 4)}`, (to % 7) * 100 - 300),
  projects: (n: number, to: number) => project(`p${String(n % 5)}`, `c${String(to % 5)}`),
  vdcs: (n: number, to: number) => {
    const hypervisor = to % 6 === 5 ? null : { id: `h${String(to % 2)}`, name: `HV ${String(to % 3)}`, type: 'kvm' }
    return {
      id: `v${String(n % 6)}`,
      name: 'ВЦОД',
      createdAt: null,
      projectId: to % 7 === 6 ? null : `p${String(to % 6)}`,
      hypervisor,
      extra,
    }
  },
  servers: (n: number, to: number) => ({
    ...{
      id: `s${String(n % 12)}`,
      name: `srv-${String(n)}`,
      hostname: null,
      createdAt: null,
      power: true,
      locked: false,
      templateName: null,
      extra,
    },
    ...{ vdcId: vdcOf(to), cpu: (to % 5) + 0.1, ramGb: to % 11 === 0 ? null : (to % 4) * 1.7 },
  }),
  disks: (n: number, to: number) => ({
    ...{ id: `d${String(n % 12)}`, name: 'disk', serverId: null, isRoot: null, vdcId: vdcOf(to), sizeGb: (to % 9) * 0.3, extra },
    ...{
      storageProfileId: `sp${String(to % 3)}`,
      storageProfileName: `SP ${String(to % 4)}`,
      billingClassId: to % 4 === 0 ? null : `bc${String(to % 2)}`,
    },
  }),
  networks: (n: number, to: number) => ({ id: `n${String(n % 6)}`, name: 'net', vdcId: vdcOf(to), extra }),
  routers: (n: number, to: number) => ({ id: `r${String(n % 4)}`, name: 'router', vdcId: vdcOf(to), extra }),
  ports: (n: number, to: number) => ({ id: `o${String(n % 8)}`, vdcId: vdcOf(to), type: 'x', ip: null, external: to % 3 !== 0, extra }),
  accounts: (n: number, to: number) => ({
    ...{
      id: `u${String(n % 4)}`,
      login: `u${String(n % 4)}`,
      username: null,
      email: null,
      phone: null,
      domain: null,
      createdAt: null,
      extra,
    },
    ...{ active: to % 5 !== 0, blocked: to % 7 === 0 },
    objects: to % 6 === 0 ? null : [{ role: to % 4 === 0 ? 'viewer' : 'admin', entity: 'client', id: `c${String(to % 5)}`, name: '' }],
  }),
  notes: (n: number, to: number) => note(`t${String(n % 5)}`, `c${String(to % 5)}`),
  limits: (n: number, to: number) => ({
    ...{ id: `l${String(n % 8)}`, owner: 'client' as const, ownerId: `c${String(to % 4)}`, typeCode: 'x', value: to % 9, extra },
    ...{
      hypervisor: { id: `h${String(to % 2)}`, name: 'HV', type: null },
      type: (['cpu', 'volume', 'servers', 'ip', 'ram'] as const)[to % 5] ?? null,
    },
  }),
} satisfies { [D in Dataset]?: (n: number, to: number) => EntityOf[D] }
export type Listed = keyof typeof made
export const listed = Object.keys(made) as Listed[]
/** Some of them name no VDC, some one that is not there. */
const vdcOf = (to: number): string | null => (to % 8 === 7 ? null : `v${String(to % 8)}`)

export interface Step {
  dataset: Listed
  n: number
  to: number
  what: 'put' | 'drop'
}
export const step: fc.Arbitrary<Step> = fc.record({
  dataset: fc.constantFrom(...listed),
  n: fc.nat({ max: 60 }),
  to: fc.nat({ max: 2000 }),
  what: fc.constantFrom('put' as const, 'put' as const, 'drop' as const),
})

/** A platform's lists as a person or a program changes them. */
export const cloud = () => {
  const lists = new Map<Listed, Map<string, { id: string }>>(listed.map((dataset) => [dataset, new Map()]))
  return {
    change: ({ dataset, n, to, what }: Step): void => {
      const row = made[dataset](n, to)
      if (what === 'put') lists.get(dataset)?.set(row.id, row)
      else lists.get(dataset)?.delete(row.id)
    },
    rows: (dataset: Listed) => [...(lists.get(dataset)?.values() ?? [])] as EntityOf[Listed][],
  }
}
