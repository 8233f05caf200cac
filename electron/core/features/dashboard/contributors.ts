import { ownerLists, useLists } from '@shared/domain/figure-lists'
import type { LimitType } from '@shared/domain/limits'
import type { Handlers, Output } from '@shared/ipc/contract'
import type { LimitPart } from '@shared/ipc/dashboard'
import type { StoredConnection } from '../../store/local/connections'
import { topClients } from '../../store/read/dashboard'
import { limitsOf } from '../../store/read/limits'
import { clientUsage } from '../../store/read/usage'
import type { Workspace } from '../workspace'
import { limitParts, sumUse } from './figures'
import { createFigureAsOf } from './figure-as-of'

type Input = Parameters<Handlers<'dashboard'>['contributors']>[0]

/** The clients that use most of a type; beside each its own limit that presses most, with the use of the same hypervisor. */
export const contributorsOf = (
  { cache }: Workspace,
  { capabilities }: Pick<StoredConnection, 'capabilities'>,
  input: Input,
): Output<'dashboard', 'contributors'> => {
  const { connectionId, type, hypervisorId } = input
  const asOfs = createFigureAsOf(cache, connectionId, capabilities)
  const asOf = asOfs.figures([...new Set([...useLists(type), ...ownerLists])])
  const known = asOf.at !== null
  return {
    rows: known
      ? topClients(cache, input).map((row) => ({ ...row, tightest: tightestOf(cache, { ...input, clientId: row.clientId }) }))
      : [],
    unowned: known ? sumUse(clientUsage(cache, connectionId, ''), type, hypervisorId) : 0,
    asOf,
    limitsAsOf: asOfs.rows(['limits']),
  }
}

const tightestOf = (
  cache: Workspace['cache'],
  { connectionId, clientId, type, hypervisorId }: { connectionId: string; clientId: string; type: LimitType; hypervisorId: string | null },
): LimitPart | null => {
  const limits = limitsOf(cache, { connectionId, owner: 'client', ownerId: clientId }).map((limit) => ({ ...limit, ownerId: clientId }))
  const usage = clientUsage(cache, connectionId, clientId)
  const parts = limitParts({ usage, partners: { partners: [], limits }, byPartner: () => [] }, type, hypervisorId)
  return parts.find(({ limit }) => limit !== null) ?? null
}
