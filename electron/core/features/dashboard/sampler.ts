import type { LimitType } from '@shared/domain/limits'
import { useByHypervisorLists, useLists } from '@shared/domain/figure-lists'
import { insertSample, type HypervisorSample } from '../../store/local/samples'
import { countClients, negativeBalances } from '../../store/read/dashboard'
import { asOfAll, figuresAsOf } from '../../store/read/sync-status'
import { diskUsage, totalUsage, type DiskUsageRow, type UsageRow } from '../../store/read/usage'
import type { Workspace } from '../workspace'
import { diskClasses, sumUse } from './figures'
import { isCurrent } from './figure-as-of'

/**
 * Keeps the figures of this moment: the dashboard's own history. One after each sync that counted the servers anew, stamped
 * with the moment that they were counted for; what is not known or no longer refreshed then is null.
 */
export const takeSample = ({ cache, local }: Workspace, connectionId: string): void => {
  const known = (lists: Parameters<typeof figuresAsOf>[2]): boolean => isCurrent(figuresAsOf(cache, connectionId, lists))
  const { at } = figuresAsOf(cache, connectionId, useLists('servers'))
  if (at === null || !known(useLists('servers'))) return
  const usage = totalUsage(cache, connectionId)
  const disks = diskUsage(cache, connectionId)
  const use = (type: LimitType): number | null => (known(useLists(type)) ? sumUse(usage, type, null) : null)
  insertSample(local, connectionId, {
    at,
    clients: isCurrent(asOfAll(cache, connectionId, ['clients'])) ? countClients(cache, connectionId) : null,
    servers: use('servers'),
    cpu: use('cpu'),
    ramGb: use('ram'),
    volumeGb: use('volume'),
    diskGb: known(useLists('volume')) ? classesOf(disks, null) : null,
    ip: use('ip'),
    networks: use('networks'),
    routers: use('routers'),
    negativeClients: known(['clients', 'contracts']) ? negativeBalances(cache, connectionId).clients : null,
    hypervisors: known(useByHypervisorLists('servers'))
      ? byHypervisor({ usage, disks: known(useByHypervisorLists('volume')) ? disks : null })
      : null,
  })
}

const classesOf = (disks: readonly DiskUsageRow[], hypervisorId: string | null): Record<string, number> =>
  Object.fromEntries(diskClasses(disks, hypervisorId).map(({ billingClassId, useGb }) => [billingClassId, useGb]))

const byHypervisor = ({
  usage,
  disks,
}: {
  usage: readonly UsageRow[]
  disks: readonly DiskUsageRow[] | null
}): Record<string, HypervisorSample> =>
  Object.fromEntries(
    usage.map(({ hypervisorId, servers, cpu, ramGb, volumeGb }) => [
      hypervisorId,
      { servers, cpu, ramGb, volumeGb: disks && volumeGb, diskGb: disks && classesOf(disks, hypervisorId) },
    ]),
  )
