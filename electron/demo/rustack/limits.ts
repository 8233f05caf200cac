import type { Cloud } from './cloud'
import { hole } from './fragments'
import { wireName } from './profile'
import { bodyOf } from './rows'

/** A client's limits hold: what would go past one is refused. */
const COUNTED = {
  network: 'SELECT count(*) AS used FROM network p JOIN vdc v ON v.id = p.vdc WHERE p.cn = ? AND v.hypervisor = ?',
  vm: 'SELECT count(*) AS used FROM vm WHERE cn = ? AND hypervisor = ?',
} as const

export interface FullLimit {
  readonly type: string
  readonly limit: number
  readonly used: number
}

export function limitReached(
  cloud: Cloud,
  cn: number,
  hypervisor: number,
  type: keyof typeof COUNTED,
  more: number,
): FullLimit | undefined {
  const [kind, value, platform] = ['type', 'value', 'hypervisor'].map((own) => wireName(cloud.profile, 'limit', own)) as [
    string,
    string,
    string,
  ]
  const bodies = cloud.store.rowsBy('limit', 'cn', cn).map(bodyOf)
  const limit = bodies.find((body) => body[kind] === type && body[platform] === hole(`h${hypervisor}`))
  if (limit === undefined) return undefined
  const used = cloud.store.sql<[number, number], { used: number }>(COUNTED[type]).get(cn, hypervisor)?.used ?? 0
  return used + more > Number(limit[value]) ? { type, limit: Number(limit[value]), used } : undefined
}
