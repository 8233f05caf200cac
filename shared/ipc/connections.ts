import { z } from 'zod'
import { ConnectionDraft, PlatformId } from '../domain/connections/connection'
import { Offset } from '../domain/connections/rustack'
import { Certainty, Dataset, WriteFeature } from '../domain/datasets'
import { profileReasons } from '../domain/profile'
import { AppErrorData } from '../errors'
import { call } from './call'
import { Done, Id, Nothing } from './rows'

export const ConnectionRow = z.object({
  id: Id,
  platform: PlatformId,
  name: z.string(),
  /** What tells one deployment from another. */
  address: z.string(),
  /** The zone of the times that the platform writes without one. */
  utcOffsetMinutes: z.int(),
  /** Whose midnight ends a billing day. */
  billingOffsetMinutes: z.int(),
  /** The paths and names of its API: as the program has them, or of its own; null: it has none that could be replaced. */
  profile: z.enum(['standard', 'own']).nullable(),
  color: z.string(),
  demo: z.boolean(),
  accountLogin: z.string().nullable(),
  accountName: z.string().nullable(),
  /** 'token-rejected': a 401 stopped the connection until a new token is given. */
  state: z.enum(['active', 'token-rejected']),
})
export type ConnectionRow = z.infer<typeof ConnectionRow>

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

const ProfileText = z.string().max(300_000)
export const ProfileProblem = z.object({
  line: z.int(),
  column: z.int(),
  path: z.string(),
  reason: z.enum(profileReasons),
  found: z.string().nullable(),
})
/** A profile as it stands: a text that a person may write. */
export const Profile = z.object({ text: z.string(), own: z.boolean(), standard: z.string() })
export type Profile = z.infer<typeof Profile>

const Skipped = z.enum(['not-in-profile', 'no-client', 'no-note', 'no-limit', 'no-partner'])
export const PathAnswer = z.object({
  name: z.string(),
  method: z.enum(['GET', 'OPTIONS']),
  path: z.string().nullable(),
  outcome: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('answered'),
      status: z.int(),
      allow: z.string().nullable(),
      rows: z.int().nullable(),
      /** Of its first row, and those of the profile that it has not. */
      fields: z.array(z.string()),
      missing: z.array(z.string()),
    }),
    z.object({ kind: z.literal('failed'), error: AppErrorData }),
    z.object({ kind: z.literal('skipped'), why: Skipped }),
  ]),
  tookMs: z.number(),
})
export type PathAnswer = z.infer<typeof PathAnswer>
export const DescribedApi = z.object({
  path: z.string(),
  title: z.string().nullable(),
  paths: z.array(z.object({ path: z.string(), methods: z.array(z.string()), fields: z.array(z.string()) })),
})
export type DescribedApi = z.infer<typeof DescribedApi>

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
  /** `not-offered` where this platform has no such document. */
  profile: call(z.strictObject({ id: Id }), Profile),
  /** What is wrong with a text; none = it can be used. */
  checkProfile: call(z.strictObject({ id: Id, text: ProfileText }), z.array(ProfileProblem)),
  /** null = the standard one. Refused (`invalid-input`, details.problems) or kept; everything is read anew by it. */
  setProfile: call(z.strictObject({ id: Id, text: ProfileText.nullable() }), ConnectionRow),
  /** Asks each path of a text once, by GET or OPTIONS; nothing is kept. */
  tryProfile: call(z.strictObject({ id: Id, text: ProfileText }), z.array(PathAnswer)),
  /** What the deployment says of its own API; null: nothing. */
  describedApi: call(z.strictObject({ id: Id }), DescribedApi.nullable()),
  /** What was read with another zone is read anew. */
  setZones: call(z.strictObject({ id: Id, utcOffsetMinutes: Offset, billingOffsetMinutes: Offset }), ConnectionRow),
  capabilities: call(z.strictObject({ id: Id }), z.array(CapabilityRow)),
}
