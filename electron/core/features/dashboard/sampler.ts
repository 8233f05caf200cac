import { insertSample } from '../../store/local/samples'
import { countClients, negativeBalances } from '../../store/read/dashboard'
import { diskUsage, totalUsage } from '../../store/read/usage'
import type { Workspace } from '../workspace'
import { diskClasses, sumUse } from './figures'

/** Keeps the figures of this moment: the dashboard's own history, where a platform has none. One at each complete sync. */
export const takeSample = ({ cache, local }: Workspace, connectionId: string, at: number): void => {
  const usage = totalUsage(cache, connectionId)
  insertSample(local, connectionId, {
    at,
    clients: countClients(cache, connectionId),
    servers: sumUse(usage, 'servers', null),
    cpu: sumUse(usage, 'cpu', null),
    ramGb: sumUse(usage, 'ram', null),
    volumeGb: sumUse(usage, 'volume', null),
    diskGb: Object.fromEntries(
      diskClasses(diskUsage(cache, connectionId), null).map(({ billingClassId, useGb }) => [billingClassId, useGb]),
    ),
    ip: sumUse(usage, 'ip', null),
    networks: sumUse(usage, 'networks', null),
    routers: sumUse(usage, 'routers', null),
    negativeClients: negativeBalances(cache, connectionId).clients,
  })
}
