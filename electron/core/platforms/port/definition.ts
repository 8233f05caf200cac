import type { DraftOf, PlatformId, SecretsOf, SettingsOf } from '@shared/domain/connections/connection'
import { AppError } from '@shared/errors'
import type { Clock } from '../../clock'
import type { PageSize, PlatformAdapter } from './core'
import type { ProfileFormat } from './profile'

/** What an adapter is built from. */
export interface AdapterInput<P extends PlatformId = PlatformId> {
  settings: SettingsOf<P>
  secrets: SecretsOf<P>
  /** What the platform says in words is asked for in this language. */
  language: 'ru' | 'en'
  /** As the last probe found it. */
  pageSize: PageSize | null
  clock: Pick<Clock, 'now'>
  /** The system's proxy for a URL, in PAC form ("DIRECT", "PROXY host:port"). */
  resolveProxy: (url: string) => Promise<string>
}

/** Where the first steps of a connection test knock, before anything is asked of the platform. */
export interface Endpoint {
  host: string
  port: number
  secure: boolean
  /** null = the system's proxy; '' = none; else a URL. */
  proxyUrl: string | null
  caPem: string | null
  clientCertPem: string | null
  clientKeyPem: string | null
}

/** What a draft comes to. */
export interface CheckedDraft<P extends PlatformId> {
  name: string
  settings: SettingsOf<P>
  secrets: SecretsOf<P>
}

/** One platform as the rest of the core sees it. Nothing here touches the network but the adapter. */
export interface PlatformDefinition<P extends PlatformId> {
  /**
   * Checks everything that can be known without a network, and normalises it.
   * @throws AppError `invalid-input`, details.fields: why each field is refused, in codes
   */
  check(draft: DraftOf<P>): CheckedDraft<P>
  /** A deployment and a token, as the command line and the demo name them. */
  draftOf(named: { name: string; address: string; token: string; proxyUrl: string | null }): DraftOf<P>
  create(input: AdapterInput<P>): PlatformAdapter
  /** What tells one deployment from another, and is shown under a connection's name. */
  address(settings: SettingsOf<P>): string
  movedTo(settings: SettingsOf<P>, address: string): SettingsOf<P>
  endpoint(settings: SettingsOf<P>, secrets: SecretsOf<P>): Endpoint
  /** @throws AppError `invalid-input` when it can be no token. `old`: null where it can no longer be read. */
  withToken(token: string, old: SecretsOf<P> | null): SecretsOf<P>
  /** Of the times that the platform writes without one. */
  zone(settings: SettingsOf<P>): number
  withZone(settings: SettingsOf<P>, utcOffsetMinutes: number): SettingsOf<P>
  /** Where a part of the API is described by a document that can be replaced. */
  profile: ProfileFormat<SettingsOf<P>> | null
}

export const invalidInput = (fields: Record<string, string>): AppError => new AppError('invalid-input', 'fields are not valid', { fields })
