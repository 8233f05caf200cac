import type { Handlers, Output } from '@shared/ipc/contract'
import { listTemplates } from '../../store/local/limit-templates'
import { partnerLimits } from '../../store/read/limits'
import { walkLimits } from '../../store/read/limit-overview'
import type { Workspace } from '../workspace'

type Asked = Parameters<Handlers<'limits'>['overview']>[0]

/** Lets everything else that waits in this process run: between two slices of work. */
const otherWork = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** What a partner has left to give, over all its clients: one walk at a time, shared by all who ask for the same meanwhile. */
export const createLimitOverview = ({ cache, local }: Workspace) => {
  const running = new Map<string, Promise<Output<'limits', 'overview'>>>()
  const walk = async ({ connectionId, partnerId }: Asked): Promise<Output<'limits', 'overview'>> => {
    const steps = walkLimits(cache, { connectionId, partnerId, templates: listTemplates(local) })
    for (;;) {
      const step = steps.next()
      if (step.done) return { ...step.value, asOf: partnerLimits(cache, connectionId).asOf }
      await otherWork()
    }
  }
  return (asked: Asked): Promise<Output<'limits', 'overview'>> => {
    const key = JSON.stringify(asked)
    const mine = running.get(key) ?? walk(asked).finally(() => running.delete(key))
    running.set(key, mine)
    return mine
  }
}
