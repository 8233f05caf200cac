import { z } from 'zod'

/** Minutes east of UTC. */
export const Offset = z.int().min(-720).max(840)
const Pem = z.string().max(100_000).nullable()
const platform = z.literal('rustack')

/** What a person types about a deployment. `baseUrl` is checked and normalised by the core; http only for loopback. */
const reached = {
  baseUrl: z.string().max(500),
  /** The zone of the times that the platform writes without one. */
  utcOffsetMinutes: Offset,
  caPem: Pem,
  clientCertPem: Pem,
  /** null = the system's proxy; '' = none; else a URL. */
  proxyUrl: z.string().max(500).nullable(),
}

/** As kept with the connection. `profile`: the paths and field names of this deployment as their file says; null = the standard ones. */
export const RustackSettings = z.object({ platform, ...reached, profile: z.string().nullable() })
export type RustackSettings = z.infer<typeof RustackSettings>

/** Kept wrapped by the system's store. */
export const RustackSecrets = z.object({ platform, token: z.string().max(4000), clientKeyPem: Pem })
export type RustackSecrets = z.infer<typeof RustackSecrets>

export const RustackDraft = z.strictObject({
  platform,
  name: z.string().max(120),
  /** Whose midnight ends a billing day. */
  billingOffsetMinutes: Offset,
  ...reached,
  ...RustackSecrets.omit({ platform: true }).shape,
})
export type RustackDraft = z.infer<typeof RustackDraft>
