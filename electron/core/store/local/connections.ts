import { ConnectionSettings } from '@shared/domain/connections/connection'
import { datasets } from '@shared/domain/datasets'
import type { ConnectionRow } from '@shared/ipc/connections'
import type { Capabilities, Capability } from '../../platforms/port/core'
import { all, get, run, sql, type Db } from '../sql'

/** A connection as local.db keeps it. `secrets` is wrapped by the system's store; never plain. */
export interface StoredConnection extends Omit<ConnectionRow, 'address' | 'utcOffsetMinutes' | 'profile' | 'platform'> {
  /** Whose platform it is, and how it is reached. */
  settings: ConnectionSettings
  /** What the platform says in words is asked for in this language, whatever the window speaks. */
  language: 'ru' | 'en'
  accountId: string | null
  secrets: string | null
  capabilities: Capabilities | null
  probedAt: number
  createdAt: number
}

interface Row {
  id: string
  platform: string
  name: string
  settings: string
  billing_offset_minutes: number
  language: 'ru' | 'en'
  color: string
  demo: number
  account_id: string | null
  account_login: string | null
  account_name: string | null
  state: 'active' | 'token-rejected'
  secrets: string | null
  capabilities: string | null
  probed_at: number | null
  created_at: number
}

const fromRow = (row: Row): StoredConnection => {
  const probe = row.capabilities === null ? null : capabilitiesFrom(row.capabilities)
  const probedAt = probe?.outdated === true ? 0 : (row.probed_at ?? row.created_at)
  return { ...settingsFrom(row), capabilities: probe?.capabilities ?? null, probedAt }
}

const settingsFrom = (row: Row): Omit<StoredConnection, 'capabilities' | 'probedAt'> => ({
  id: row.id,
  name: row.name,
  settings: ConnectionSettings.parse(JSON.parse(row.settings)),
  billingOffsetMinutes: row.billing_offset_minutes,
  language: row.language,
  color: row.color,
  demo: row.demo === 1,
  accountId: row.account_id,
  accountLogin: row.account_login,
  accountName: row.account_name,
  state: row.state,
  secrets: row.secrets,
  createdAt: row.created_at,
})

/**
 * A probe of an older version says nothing of page sizes and of datasets that came since, knows one write, and names the
 * shapes of walks otherwise; the lists of the vendor's public API are always offered.
 */
const capabilitiesFrom = (text: string): { capabilities: Capabilities; outdated: boolean } => {
  const { noteWrites, asked, ...stored } = JSON.parse(text) as Capabilities & { noteWrites?: Capability; asked?: number }
  const capabilities: Capabilities = { ...stored, pageSize: stored.pageSize ?? null, writes: writesFrom(stored.writes, noteWrites) }
  for (const [dataset, capability] of Object.entries(capabilities.datasets)) {
    if (dataset === 'statistics') capability.walk = 'window'
    else if (capability.walk.startsWith('per-')) capability.walk = 'per-owner'
    if (capability.certainty === 'known') capability.offered = true
  }
  return { capabilities, outdated: asked !== datasets.length }
}
/** As it is kept: with how many datasets it was asked about. */
const storedProbe = (capabilities: Capabilities): string => JSON.stringify({ ...capabilities, asked: datasets.length })

const writesFrom = (writes: Capabilities['writes'] | undefined, notes: Capability | undefined): Capabilities['writes'] =>
  writes ?? { ...(notes === undefined ? {} : { notes }) }

export const listConnections = (local: Db): StoredConnection[] =>
  all<Row>(local, sql`SELECT * FROM connection ORDER BY created_at, id`).map(fromRow)

export const findConnection = (local: Db, id: string): StoredConnection | null => {
  const row = get<Row>(local, sql`SELECT * FROM connection WHERE id = ${id}`)
  return row ? fromRow(row) : null
}

export const insertConnection = (local: Db, it: Omit<StoredConnection, 'probedAt'>): void => {
  run(
    local,
    sql`INSERT INTO connection (id, platform, name, settings, billing_offset_minutes, language, color, demo, account_id, account_login, account_name, state,
      secrets, capabilities, probed_at, created_at)
    VALUES (${it.id}, ${it.settings.platform}, ${it.name}, ${JSON.stringify(it.settings)}, ${it.billingOffsetMinutes}, ${it.language}, ${it.color}, ${it.demo}, ${it.accountId},
      ${it.accountLogin}, ${it.accountName}, ${it.state}, ${it.secrets},
      ${it.capabilities === null ? null : storedProbe(it.capabilities)}, ${it.createdAt}, ${it.createdAt})`,
  )
}

export const renameConnection = (local: Db, id: string, name: string): void => {
  run(local, sql`UPDATE connection SET name = ${name} WHERE id = ${id}`)
}
export const setConnectionState = (local: Db, id: string, state: ConnectionRow['state']): void => {
  run(local, sql`UPDATE connection SET state = ${state} WHERE id = ${id}`)
}
export const setConnectionSecrets = (local: Db, id: string, secrets: string): void => {
  run(local, sql`UPDATE connection SET secrets = ${secrets} WHERE id = ${id}`)
}
export const setConnectionSettings = (local: Db, id: string, settings: ConnectionSettings): void => {
  run(local, sql`UPDATE connection SET settings = ${JSON.stringify(settings)} WHERE id = ${id}`)
}
export const setBillingOffset = (local: Db, id: string, billingOffsetMinutes: number): void => {
  run(local, sql`UPDATE connection SET billing_offset_minutes = ${billingOffsetMinutes} WHERE id = ${id}`)
}
/** What was learned of the deployment no longer holds: it is asked again as soon as it answers. */
export const setConnectionUnprobed = (local: Db, id: string): void => {
  run(local, sql`UPDATE connection SET probed_at = 0 WHERE id = ${id}`)
}

export interface Probed {
  id: string
  at: number
  capabilities: Capabilities
  account: { id: string; login: string; username: string | null }
}
export const setConnectionProbe = (local: Db, { id, at, capabilities, account }: Probed): void => {
  run(
    local,
    sql`UPDATE connection SET capabilities = ${storedProbe(capabilities)}, probed_at = ${at}, account_id = ${account.id},
      account_login = ${account.login}, account_name = ${account.username} WHERE id = ${id}`,
  )
}
