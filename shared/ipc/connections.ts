import { z } from 'zod'
import { Certainty, Dataset, WriteFeature } from '../domain/datasets'
import { AppErrorData } from '../errors'
import { call } from './call'
import { Done, Id, Nothing } from './rows'

export const ConnectionRow = z.object({
  id: Id,
  platform: z.enum(['rustack']),
  name: z.string(),
  baseUrl: z.string(),
  /** The zone of the times that the platform writes without one. */
  utcOffsetMinutes: z.int(),
  /** Whose midnight ends a billing day. */
  billingOffsetMinutes: z.int(),
  color: z.string(),
  demo: z.boolean(),
  accountLogin: z.string().nullable(),
  accountName: z.string().nullable(),
  /** 'token-rejected': a 401 stopped the connection until a new token is given. */
  state: z.enum(['active', 'token-rejected']),
})
export type ConnectionRow = z.infer<typeof ConnectionRow>

/** Minutes east of UTC. */
const Offset = z.int().min(-720).max(840)
const Pem = z.string().max(100_000).nullable()
/** What a person types to connect. `baseUrl` is checked and normalised by the core; http only for loopback. */
export const ConnectionDraft = z.strictObject({
  platform: z.enum(['rustack']),
  name: z.string().max(120),
  baseUrl: z.string().max(500),
  token: z.string().max(4000),
  utcOffsetMinutes: Offset,
  billingOffsetMinutes: Offset,
  caPem: Pem,
  clientCertPem: Pem,
  clientKeyPem: Pem,
  proxyUrl: z.string().max(500).nullable(),
})
export type ConnectionDraft = z.infer<typeof ConnectionDraft>

export const testSteps = ['address', 'reach', 'tls', 'clock', 'token', 'rights', 'features'] as const
export const TestStep = z.object({
  /** Echoes the id given to `test`, so that a page knows whose step this is. */
  testId: z.string(),
  step: z.enum(testSteps),
  state: z.enum(['running', 'ok', 'warning', 'failed', 'skipped']),
  tookMs: z.number().nullable(),
  /** Facts for the words: host, address, login, skewMs, clients, offered, missing… */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  error: AppErrorData.nullable(),
})
export type TestStep = z.infer<typeof TestStep>

/** How the connection named on the command line stands, while it is not made. */
export const AtStart = z.object({
  baseUrl: z.string(),
  running: z.boolean(),
  /** Each is pushed as a `testStep` event too, under `AT_START`. */
  steps: z.array(TestStep),
  error: AppErrorData.nullable(),
})
export type AtStart = z.infer<typeof AtStart>

const offer = { offered: z.boolean(), certainty: Certainty, reason: AppErrorData.nullable() }
export const CapabilityRow = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('dataset'), feature: Dataset, ...offer }),
  z.object({ kind: z.literal('write'), feature: WriteFeature, ...offer }),
])
export type CapabilityRow = z.infer<typeof CapabilityRow>

export const connectionsCalls = {
  list: call(Nothing, z.array(ConnectionRow)),
  /** Runs all steps, each pushed as a `testStep` event too; resolves with all of them, failed or not. */
  test: call(
    z.strictObject({ testId: z.string().max(60), draft: ConnectionDraft }),
    z.object({ ok: z.boolean(), steps: z.array(TestStep) }),
  ),
  cancelTest: call(z.strictObject({ testId: z.string().max(60) }), Done),
  /** Tests again, stores and starts the first sync. Fails with `invalid-input` (details.fields) or the failing step's error. */
  add: call(ConnectionDraft, ConnectionRow),
  rename: call(z.strictObject({ id: Id, name: z.string().min(1).max(120) }), ConnectionRow),
  setToken: call(z.strictObject({ id: Id, token: z.string().min(1).max(4000) }), ConnectionRow),
  /** Removes the connection, its rows, its secrets and its outbox. `confirmName` must equal its name. */
  forget: call(z.strictObject({ id: Id, confirmName: z.string().max(120) }), Done),
  /** Starts the embedded demo platform and connects to it. */
  startDemo: call(Nothing, ConnectionRow),
  /** null: nothing was named on the command line, or it is connected. A `changed` event of no dataset tells its end. */
  atStart: call(Nothing, AtStart.nullable()),
  capabilities: call(z.strictObject({ id: Id }), z.array(CapabilityRow)),
}
