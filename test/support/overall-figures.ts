import type { Dataset } from '../../shared/domain/datasets'
import type { AsOf } from '../../shared/ipc/rows'
import type { runCore } from './core-running'
import { kopecks, sum, type Cloud } from './truth/cloud'
import { counted, wholeUse } from './truth/use'

/** A figure over everything, what it is counted from, and what it should be. */
export interface OverallFigure {
  what: string
  needs: readonly Dataset[]
  shown: number | null
  wanted: number
  asOf: AsOf
}

const ofTile = {
  ...{ servers: ['vm', 'servers'], cpu: ['cpu', 'servers'], ram: ['ram', 'servers'], disks: ['disk', 'disks'] },
  ...{ volume: ['volume', 'disks'], ip: ['ip', 'ports'], networks: ['network', 'networks'], routers: ['router', 'routers'] },
} as const satisfies Record<string, readonly [string, Dataset]>

/** The dashboard's figures over all hypervisors, beside the sums over the platform's own rows. */
export const overallFigures = async (
  run: Pick<ReturnType<typeof runCore>, 'call'>,
  connectionId: string,
  cloud: Cloud,
): Promise<OverallFigure[]> => {
  const { clients, servers, negative, limits, volume } = await run.call('dashboard', 'summary', { connectionId, hypervisorId: null })
  const use = wholeUse(cloud)
  const owing = cloud.contract.filter(({ balance }) => balance < 0)
  const debts = { needs: ['clients', 'contracts'] as const, asOf: negative.asOf }
  return [
    { what: 'clients', needs: ['clients'], shown: clients.count, wanted: cloud.client.length, asOf: clients.asOf },
    { what: 'servers', needs: ['servers'], shown: servers.count, wanted: use.vm.length, asOf: servers.asOf },
    { what: 'clients in debt', shown: negative.clients, wanted: owing.length, ...debts },
    { what: 'debts', shown: negative.totals[0]?.minor ?? 0, wanted: sum(owing, ({ balance }) => kopecks(balance)), ...debts },
    ...[...limits, volume].map(({ type, use: shown, asOf }) => {
      const [name, dataset] = ofTile[type]
      return { what: `tile of ${type}`, needs: [dataset], shown, wanted: counted(use, name) ?? 0, asOf }
    }),
  ]
}
