import type { z } from 'zod'
import { batchesCalls } from './batches'
import type { Call, Result } from './call'
import type { CallName, Domain } from './channels'
import { clientsCalls } from './clients'
import { connectionsCalls } from './connections'
import { contractsCalls, tariffPlansCalls } from './contracts'
import { dashboardCalls } from './dashboard'
import { filesCalls } from './files'
import { jobsCalls } from './jobs'
import { listsCalls } from './lists'
import { limitsCalls } from './limits'
import { alertsCalls, notesCalls } from './notes'
import { outboxCalls } from './outbox'
import { eventsCalls, ticketsCalls, usersCalls } from './organisation'
import { paymentsCalls } from './payments'
import { preferencesCalls } from './preferences'
import { searchCalls } from './search'
import { serversCalls } from './servers'
import { shellCalls } from './shell'
import { storeCalls } from './store'
import { syncCalls } from './sync'

/** The whole contract between a page and the program. A name that `channels.ts` lacks, or has too many, does not compile. */
export const contract = {
  shell: shellCalls,
  preferences: preferencesCalls,
  connections: connectionsCalls,
  sync: syncCalls,
  dashboard: dashboardCalls,
  clients: clientsCalls,
  servers: serversCalls,
  limits: limitsCalls,
  batches: batchesCalls,
  contracts: contractsCalls,
  tariffPlans: tariffPlansCalls,
  payments: paymentsCalls,
  tickets: ticketsCalls,
  events: eventsCalls,
  users: usersCalls,
  notes: notesCalls,
  alerts: alertsCalls,
  outbox: outboxCalls,
  search: searchCalls,
  lists: listsCalls,
  store: storeCalls,
  jobs: jobsCalls,
  files: filesCalls,
} satisfies { [D in Domain]: Record<CallName<D>, Call> }

export type Contract = typeof contract
type CallOf<D extends Domain, N extends CallName<D>> = Contract[D] extends Record<N, infer C extends Call> ? C : never
export type Input<D extends Domain, N extends CallName<D>> = z.input<CallOf<D, N>['input']>
export type Output<D extends Domain, N extends CallName<D>> = z.output<CallOf<D, N>['output']>

/** What handles a domain: one function per call, fed with checked input. */
export type Handlers<D extends Domain> = {
  [N in CallName<D>]: (input: z.output<CallOf<D, N>['input']>) => Output<D, N> | Promise<Output<D, N>>
}

/** What a page sees on `window.api`: every call settles with an envelope. */
export type Api = {
  [D in Domain]: { [N in CallName<D>]: (input: Input<D, N>) => Promise<Result<Output<D, N>>> }
}
