/** The eight limit types of the guide (§5.2), by the console's own names; a platform's codes are mapped by its adapter. */
export const limitTypes = ['servers', 'disks', 'volume', 'ip', 'networks', 'routers', 'ram', 'cpu'] as const
export type LimitType = (typeof limitTypes)[number]

/** The unit each limit is counted in: pieces, gigabytes or cores. */
export const limitUnits: Record<LimitType, 'pcs' | 'gb' | 'cores'> = {
  servers: 'pcs',
  disks: 'pcs',
  volume: 'gb',
  ip: 'pcs',
  networks: 'pcs',
  routers: 'pcs',
  ram: 'gb',
  cpu: 'cores',
}

export const usageStates = ['ok', 'near', 'reached', 'over'] as const
export type UsageState = (typeof usageStates)[number]

/** Share of a limit from which its use counts as near. */
export const NEAR_SHARE = 0.8

/**
 * The state of use against a limit. Exactly the limit is `reached`, above it `over`, from 80 % on `near`.
 * A limit of 0 with no use is `reached`: nothing more fits. Whether 0 means «off» is not stated by the platform.
 */
export const usageState = (use: number, limit: number): UsageState => {
  if (use > limit) return 'over'
  if (use === limit) return 'reached'
  return use / limit >= NEAR_SHARE ? 'near' : 'ok'
}

/** How hard a limit presses, for ranking: the share used, where a limit of 0 with use counts above every other. */
export const usageShare = (use: number, limit: number): number => {
  if (limit > 0) return use / limit
  return use > 0 ? Number.MAX_SAFE_INTEGER : 1
}
