import type { ConnectionSettings } from '@shared/domain/connections/connection'
import type { ProfileProblem } from '@shared/domain/profile'
import { AppError } from '@shared/errors'
import type { ConnectionRow, DescribedApi, PathAnswer, Profile } from '@shared/ipc/connections'
import type { ProfileFormat, ProfileTrial } from '../../platforms/port/profile'
import { definitionOf } from '../../platforms/registry'
import { startOver } from '../../store/cache/start-over'
import { logAction } from '../../store/local/journals'
import {
  findConnection,
  setBillingOffset,
  setConnectionSettings,
  setConnectionUnprobed,
  type StoredConnection,
} from '../../store/local/connections'
import { inTransaction } from '../../store/sql'
import type { Workspace } from '../workspace'
import type { LiveConnections } from './live'
import { toConnectionRow } from './row'
import type { ConnectionRunner } from './runner'
import { unwrapSecrets } from './secrets'
import type { CreateAdapter } from './sync-handle'

export interface SettingsOptions {
  workspace: Workspace
  live: LiveConnections
  runner: ConnectionRunner
  createAdapter: CreateAdapter
}
export interface SettingsService {
  profile(id: string): Profile
  checkProfile(id: string, text: string): ProfileProblem[]
  setProfile(id: string, text: string | null): Promise<ConnectionRow>
  tryProfile(id: string, text: string): Promise<PathAnswer[]>
  describedApi(id: string): Promise<DescribedApi | null>
  setZones(id: string, zones: { utcOffsetMinutes: number; billingOffsetMinutes: number }): Promise<ConnectionRow>
}

/** A person waits for it. */
const TRIAL_TIMEOUT_MS = 90_000

/** What can be changed of a connection while it stands. What was read in the old way is read anew. */
export const createConnectionSettings = ({ workspace, live, runner, createAdapter }: SettingsOptions): SettingsService => {
  const { local, cache, clock, emit, ask } = workspace
  const mustFind = (id: string): StoredConnection => {
    const found = findConnection(local, id)
    if (!found) throw new AppError('not-found', 'no such connection')
    return found
  }
  const formatOf = ({ settings }: StoredConnection): ProfileFormat<ConnectionSettings> => {
    const { profile } = definitionOf(settings.platform)
    if (!profile) throw new AppError('not-offered', 'the API of this platform is described by no profile')
    return profile
  }
  const mustHold = (format: ProfileFormat<ConnectionSettings>, text: string): void => {
    const problems = format.check(text)
    if (problems.length > 0) throw new AppError('invalid-input', 'the profile cannot be used', { problems })
  }

  /** Ends the connection, keeps what is new, and begins it again: the first thing that it does is to read everything. */
  const change = async (id: string, action: string, work: (connection: StoredConnection) => void, more: { times: boolean } | null) => {
    await runner.end(id)
    inTransaction(local, () => {
      const connection = mustFind(id)
      work(connection)
      if (more) setConnectionUnprobed(local, id)
      logAction(local, { at: clock.now(), connectionId: id, action, subject: id, details: {} })
    })
    if (more) startOver(cache, id, more)
    await runner.wake(id)
    runner.probeAgain(id)
    live.find(id)?.sync.now()
    emit('changed', { connectionId: id, datasets: [], ids: null })
    return toConnectionRow(mustFind(id))
  }

  /** An adapter for one question, made from what is in the form; it is not the connection's own. */
  const asking = async <T>(id: string, text: string | null, work: (trial: ProfileTrial, signal: AbortSignal) => Promise<T>): Promise<T> => {
    const connection = mustFind(id)
    const format = formatOf(connection)
    if (text !== null) mustHold(format, text)
    if (connection.secrets === null) throw new AppError('needs-connection', 'a connection without its secrets')
    const { settings, language } = connection
    const secrets = await unwrapSecrets(ask, settings.platform, connection.secrets)
    const tried = format.put(settings, text)
    const adapter = createAdapter({ connectionId: id, settings: tried, secrets, language, pageSize: null })
    try {
      if (!adapter.profile) throw new AppError('not-offered', 'this platform has no profile to try')
      return await work(adapter.profile, AbortSignal.timeout(TRIAL_TIMEOUT_MS))
    } finally {
      adapter.close()
    }
  }

  return {
    profile: (id) => {
      const connection = mustFind(id)
      const format = formatOf(connection)
      const own = format.textOf(connection.settings)
      return { text: own ?? format.standard, own: own !== null, standard: format.standard }
    },
    checkProfile: (id, text) => formatOf(mustFind(id)).check(text),
    setProfile: (id, text) => {
      const format = formatOf(mustFind(id))
      if (text !== null) mustHold(format, text)
      const keep = (connection: StoredConnection): void => {
        setConnectionSettings(local, id, format.put(connection.settings, text))
      }
      return change(id, 'connection.profile', keep, { times: false })
    },
    tryProfile: (id, text) => asking(id, text, (trial, signal) => trial.paths(signal)),
    describedApi: (id) => asking(id, null, (trial, signal) => trial.described(signal)),
    setZones: (id, { utcOffsetMinutes, billingOffsetMinutes }) => {
      const { settings } = mustFind(id)
      const platform = definitionOf(settings.platform)
      const keep = (connection: StoredConnection): void => {
        setConnectionSettings(local, id, platform.withZone(connection.settings, utcOffsetMinutes))
        setBillingOffset(local, id, billingOffsetMinutes)
      }
      // The billing day is ours alone: only what was read with another zone is read anew.
      return change(id, 'connection.zones', keep, platform.zone(settings) === utcOffsetMinutes ? null : { times: true })
    },
  }
}
