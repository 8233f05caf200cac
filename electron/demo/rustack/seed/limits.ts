import { limitBody } from '../inferred/shapes'
import type { Named } from '../known/shapes'
import type { ClientBuilder } from './client-builder'

/** How much of each limit type a client (or a partner) uses, in the order of the profile's `limitTypes`. */
export type Used = readonly number[]

function roundUp(value: number): number {
  const step = value > 1000 ? 100 : value > 100 ? 10 : value > 20 ? 5 : 1
  return Math.max(1, Math.ceil(value / step) * step)
}

/** Mostly room to grow, sometimes nearly or quite full. */
function limitFor(builder: ClientBuilder, used: number): number {
  const share = builder.random.weighted([
    [0.45, 40],
    [0.65, 30],
    [0.85, 14],
    [0.95, 8],
    [1, 8],
  ])
  return share === 1 ? Math.max(1, Math.ceil(used)) : roundUp(used / share + 1)
}

export function addLimits(builder: ClientBuilder, client: Named, hypervisor: number, used: Used, at: number): void {
  const { random, cloud } = builder
  if (!random.chance(0.4)) return
  const wanted = random.weighted([
    [0.25, 30],
    [0.5, 40],
    [1, 30],
  ])
  for (const [place, type] of cloud.profile.limitTypes.entries()) {
    if (!random.chance(wanted)) continue
    const id = random.uuid()
    const value = limitFor(builder, used[place] ?? 0)
    builder.put('limit', at, limitBody(cloud.profile, id, hypervisor, type, value), { id, client: client.id, value })
  }
}
