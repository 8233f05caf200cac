import type { Cloud } from './cloud'

/** Every client shows how many contracts its plan has, so the number is a fragment that is set anew when it changes. */
export function planCounts(cloud: Cloud): void {
  const rows = cloud.store
    .sql<[], { plan: number; contracts: number }>('SELECT plan, count(*) AS contracts FROM contract GROUP BY plan')
    .all()
  const counts = new Map(rows.map((row) => [row.plan, row.contracts]))
  for (const [place, { id, name }] of cloud.plans.entries()) {
    const contracts = counts.get(place) ?? 0
    cloud.fragments.set(`l${place}`, JSON.stringify({ id, name, contracts }))
    cloud.fragments.set(`n${place}`, String(contracts))
  }
}
