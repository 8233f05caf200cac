import { AppError } from '@shared/errors'
import type { ConnectionDraft, ConnectionSecrets, PlatformId } from '@shared/domain/connections/connection'
import type { CapabilityRow, ConnectionRow, TestStep } from '@shared/ipc/connections'
import { logAction } from '../../store/local/journals'
import {
  findConnection,
  insertConnection,
  listConnections,
  renameConnection,
  setConnectionProbe,
  setConnectionSecrets,
  setConnectionState,
  type StoredConnection,
} from '../../store/local/connections'
import { inTransaction } from '../../store/sql'
import { proxyThrough } from '../../platforms/http-agents'
import type { Capability, ProbeReport } from '../../platforms/port/core'
import { invalidInput, type CheckedDraft } from '../../platforms/port/definition'
import { definitionOf } from '../../platforms/registry'
import type { PreferencesService } from '../preferences/service'
import type { Workspace } from '../workspace'
import { createFirstConnection, type FirstConnection, type Wanted } from './at-start'
import { nextColor } from './colors'
import { endDemoPlatform, startDemoPlatform } from './demo'
import type { LiveConnections } from './live'
import { toConnectionRow } from './row'
import type { ConnectionRunner } from './runner'
import { unwrapSecrets, wrapSecrets } from './secrets'
import { createConnectionSettings, type SettingsService } from './settings'
import type { AdapterOrder, CreateAdapter } from './sync-handle'
import { runTest, type TestReport } from './test-run'

export interface ConnectionsOptions {
  workspace: Workspace
  live: LiveConnections
  preferences: PreferencesService
  runner: ConnectionRunner
  createAdapter: CreateAdapter
  dataFolder: string
  /** Named on the command line. */
  wanted: Wanted | null
  /** Removes a connection's cached and local rows. */
  forgetRows: (id: string) => Promise<void>
  dropDemoState: (stateFile: string) => Promise<void>
}
export interface ConnectionsService {
  settings: SettingsService
  list(): ConnectionRow[]
  test(testId: string, draft: ConnectionDraft): Promise<{ ok: boolean; steps: TestStep[] }>
  cancelTest(testId: string): void
  add(draft: ConnectionDraft): Promise<ConnectionRow>
  rename(id: string, name: string): ConnectionRow
  setToken(id: string, token: string): Promise<ConnectionRow>
  forget(id: string, confirmName: string): Promise<void>
  startDemo(): Promise<ConnectionRow>
  atStart: FirstConnection
  capabilities(id: string): CapabilityRow[]
}

const PROBE_TIMEOUT = 60_000
interface Checked extends CheckedDraft<PlatformId> {
  billingOffsetMinutes: number
}
const checked = (draft: ConnectionDraft): Checked => ({
  ...definitionOf(draft.platform).check(draft),
  billingOffsetMinutes: draft.billingOffsetMinutes,
})
interface DraftRun {
  testId: string
  signal: AbortSignal
  heard?: (step: TestStep) => void
}

export const createConnections = (options: ConnectionsOptions): ConnectionsService => {
  const { workspace, preferences, runner } = options
  const { local, clock, emit, ask } = workspace
  const tests = new Map<string, AbortController>()
  const mustFind = (id: string): StoredConnection => {
    const found = findConnection(local, id)
    if (!found) throw new AppError('not-found', 'no such connection')
    return found
  }
  const row = (id: string): ConnectionRow => toConnectionRow(mustFind(id))

  const runDraft = async (draft: Checked, { heard, ...run }: DraftRun): Promise<TestReport> => {
    const connection = newConnection(options, draft)
    const { settings, secrets } = draft
    const adapter = options.createAdapter(orderOf(connection, secrets))
    const endpoint = definitionOf(settings.platform).endpoint(settings, secrets)
    const target = { ...endpoint, proxy: await proxyThrough(endpoint, (url) => systemProxy(ask, url)) }
    const onStep = (step: TestStep): void => {
      heard?.(step)
      emit('testStep', step)
    }
    try {
      return await runTest({ ...run, target, adapter, now: () => clock.now(), onStep })
    } finally {
      adapter.close()
    }
  }

  const probeOnce = async (input: AdapterOrder): Promise<ProbeReport> => {
    const adapter = options.createAdapter(input)
    try {
      return await adapter.probe(AbortSignal.timeout(PROBE_TIMEOUT))
    } finally {
      adapter.close()
    }
  }

  /** Stores a connection that has just proved itself, shows it, and starts its first sync. */
  const keep = async (draft: Checked, probe: ProbeReport, demo: boolean): Promise<ConnectionRow> => {
    const address = addressOf(draft)
    if (isKnown(listConnections(local), address, probe.account.id)) throw invalidInput({ baseUrl: 'already-connected' })
    const { secrets } = draft
    const connection = { ...newConnection(options, draft), demo, ...probed(probe), secrets: await wrapSecrets(ask, secrets, demo) }
    inTransaction(local, () => {
      insertConnection(local, connection)
      logAction(local, {
        at: clock.now(),
        connectionId: connection.id,
        action: 'connection.add',
        subject: connection.id,
        details: { address },
      })
    })
    runner.begin(connection, secrets)
    preferences.set({ connectionId: connection.id })
    emit('changed', { connectionId: connection.id, datasets: [], ids: null })
    return toConnectionRow(connection)
  }

  const add = async (typed: ConnectionDraft, run: Omit<DraftRun, 'signal'>): Promise<ConnectionRow> => {
    const draft = checked(typed)
    const report = await runDraft(draft, { ...run, signal: AbortSignal.timeout(PROBE_TIMEOUT) })
    if (!report.probe || report.error) throw report.error ?? new AppError('internal', 'the test gave no answer')
    return keep(draft, report.probe, false)
  }
  const atStart = createFirstConnection({
    wanted: options.wanted,
    known: () => listConnections(local).map(addressOf),
    connect: (draft, { testId, onStep }) => add(draft, { testId, heard: onStep }),
    say: (line) => void ask('say', { line }).catch(() => undefined),
    ended: () => {
      emit('changed', { connectionId: '', datasets: [], ids: null })
    },
  })

  const startDemo = async (): Promise<ConnectionRow> => {
    const existing = listConnections(local).find((it) => it.demo)
    if (existing) {
      await runner.wake(existing.id)
      preferences.set({ connectionId: existing.id })
      return row(existing.id)
    }
    emit('demo', { progress: 0 })
    try {
      return await connectDemo()
    } finally {
      emit('demo', { progress: null })
    }
  }
  const connectDemo = async (): Promise<ConnectionRow> => {
    const { dataFolder } = options
    const draft = checked(await startDemoPlatform(workspace, { dataFolder, language: preferences.get().language }))
    return keep(draft, await probeOnce(orderOf(newConnection(options, draft), draft.secrets)), true)
  }
  let demoStart: Promise<ConnectionRow> | null = null

  return {
    list: () => listConnections(local).map(toConnectionRow),
    test: async (testId, typed) => {
      const draft = checked(typed)
      const controller = new AbortController()
      tests.get(testId)?.abort()
      tests.set(testId, controller)
      try {
        const { ok, steps } = await runDraft(draft, { testId, signal: controller.signal })
        return { ok, steps }
      } finally {
        if (tests.get(testId) === controller) tests.delete(testId)
      }
    },
    cancelTest: (testId) => tests.get(testId)?.abort(),
    add: (typed) => add(typed, { testId: 'add' }),
    rename: (id, name) => {
      mustFind(id)
      renameConnection(local, id, name.trim())
      emit('changed', { connectionId: id, datasets: [], ids: null })
      return row(id)
    },
    setToken: async (id, token) => {
      const connection = mustFind(id)
      const { platform } = connection.settings
      const old = connection.secrets === null ? null : await unwrapSecrets(ask, platform, connection.secrets).catch(() => null)
      const secrets = definitionOf(platform).withToken(token, old)
      const probe = await probeOnce(orderOf(connection, secrets))
      // Another account's token would mix two people's notes under one connection.
      if (connection.accountId !== null && probe.account.id !== connection.accountId) throw invalidInput({ token: 'other-account' })
      const wrapped = await wrapSecrets(ask, secrets, connection.demo)
      await runner.end(id)
      inTransaction(local, () => {
        setConnectionSecrets(local, id, wrapped)
        setConnectionState(local, id, 'active')
        setConnectionProbe(local, { id, at: clock.now(), capabilities: probe.capabilities, account: probe.account })
      })
      runner.begin(mustFind(id), secrets)
      return row(id)
    },
    forget: async (id, confirmName) => {
      const connection = mustFind(id)
      if (confirmName !== connection.name) throw invalidInput({ confirmName: 'other-name' })
      await runner.end(id)
      await options.forgetRows(id)
      if (connection.demo) await endDemoPlatform(workspace, { dataFolder: options.dataFolder, dropState: options.dropDemoState })
      const next = listConnections(local)[0]?.id ?? null
      if (preferences.get().connectionId === id) preferences.set({ connectionId: next })
      emit('changed', { connectionId: id, datasets: [], ids: null })
    },
    startDemo: () => {
      demoStart ??= startDemo().finally(() => {
        demoStart = null
      })
      return demoStart
    },
    atStart,
    settings: createConnectionSettings(options),
    capabilities: (id) => capabilityRows(mustFind(id)),
  }
}

const addressOf = ({ settings }: Pick<StoredConnection, 'settings'>): string => definitionOf(settings.platform).address(settings)
const isKnown = (connections: StoredConnection[], address: string, accountId: string): boolean =>
  connections.some((it) => addressOf(it) === address && it.accountId === accountId)

/** For one question, with the deployment's own pages. */
const orderOf = ({ id, settings, language }: StoredConnection, secrets: ConnectionSecrets): AdapterOrder => ({
  connectionId: id,
  settings,
  secrets,
  language,
  pageSize: null,
})

const probed = ({ account, capabilities }: ProbeReport) => ({
  accountId: account.id,
  accountLogin: account.login,
  accountName: account.username,
  capabilities,
})

const newConnection = ({ workspace: { local, clock, newId }, preferences }: ConnectionsOptions, draft: Checked): StoredConnection => ({
  id: newId(),
  name: draft.name,
  settings: draft.settings,
  billingOffsetMinutes: draft.billingOffsetMinutes,
  language: preferences.get().language,
  color: nextColor(listConnections(local).map((it) => it.color)),
  demo: false,
  accountId: null,
  accountLogin: null,
  accountName: null,
  state: 'active',
  secrets: null,
  capabilities: null,
  probedAt: clock.now(),
  createdAt: clock.now(),
})

/** In PAC form. A system that cannot say is no reason not to try the straight way. */
const systemProxy = async (ask: Workspace['ask'], url: string): Promise<string> => {
  const { pac } = await ask('resolveProxy', { url }).catch(() => ({ pac: 'DIRECT' }))
  return pac
}

const capabilityRows = ({ capabilities }: StoredConnection): CapabilityRow[] => {
  if (!capabilities) return []
  const rows = <K extends CapabilityRow['kind']>(kind: K, features: Record<string, Capability>) =>
    Object.entries(features).map(([feature, { offered, certainty, reason }]) => ({ kind, feature, offered, certainty, reason }))
  return [...rows('dataset', capabilities.datasets), ...rows('write', capabilities.writes)] as CapabilityRow[]
}
