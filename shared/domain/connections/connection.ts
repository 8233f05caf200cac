import { z } from 'zod'
import { RustackDraft, RustackSecrets, RustackSettings } from './rustack'

/** One member a platform: from the form through the contract to the store. */
export const ConnectionDraft = z.discriminatedUnion('platform', [RustackDraft])
export type ConnectionDraft = z.infer<typeof ConnectionDraft>
export const ConnectionSettings = z.discriminatedUnion('platform', [RustackSettings])
export type ConnectionSettings = z.infer<typeof ConnectionSettings>
export const ConnectionSecrets = z.discriminatedUnion('platform', [RustackSecrets])
export type ConnectionSecrets = z.infer<typeof ConnectionSecrets>

export const PlatformId = z.union([RustackSettings.shape.platform])
export type PlatformId = z.infer<typeof PlatformId>
export type DraftOf<P extends PlatformId> = Extract<ConnectionDraft, { platform: P }>
export type SettingsOf<P extends PlatformId> = Extract<ConnectionSettings, { platform: P }>
export type SecretsOf<P extends PlatformId> = Extract<ConnectionSecrets, { platform: P }>
