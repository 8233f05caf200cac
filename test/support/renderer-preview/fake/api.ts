import type { AsOf } from '@shared/ipc/rows'
import { testSteps, type TestStep } from '@shared/ipc/connections'
import { datasets } from '@shared/domain/datasets'
import type { AppErrorData } from '@shared/errors'
import type { Handlers } from '@shared/ipc/contract'
import type { Domain } from '@shared/ipc/channels'
import type { ClientDetails } from '@shared/ipc/clients'
import type { Bridge } from '@renderer/api/client'
import { makeLimits } from './limits'
import { CONNECTION, DAY, hypervisors, indexOfClient, limitsOf, NOW } from './clients'
import { makeContributors, makeSeries, makeSummary } from './dashboard'
import { makeJobs } from './jobs'
import { makeLists } from './lists'
import { makeNotes, makeOutbox } from './notes'
import { whole } from './random'
import { fakeTree } from './projects'
import { makeState, syncOf } from './state'

type Handled = { [D in Domain]: Handlers<D> }
const refusal = (code: AppErrorData['code'], details: Record<string, unknown> = {}): never => {
  throw Object.assign(new Error(code), { data: { code, message: code, retryable: false, details } })
}
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** A program made up in memory: every call of the contract, deterministic, in the state that the address asks for. */
const nothing = (asOf: AsOf) => ({ rows: [], total: 0, count: 0, totals: {}, lacking: [], names: null, version: '', asOf })
export const fakeApi = (asked: URLSearchParams): Bridge => {
  const state = makeState(asked)
  const lists = makeLists(state)
  const notes = makeNotes()
  const jobs = makeJobs(state)
  const outbox = state.empty ? [] : makeOutbox()
  const latency = Number(asked.get('latency') ?? 0)
  const note = (id: string) => notes.rows.find((row) => row.id === id) ?? refusal('not-found')
  const outboxCounts = () => ({
    waiting: outbox.filter((row) => row.state === 'pending').length,
    decide: outbox.filter((row) => row.state === 'conflict' || row.state === 'blocked').length,
    batches: 0,
  })
  const alertCounts = () => {
    const rows = state.empty ? [] : notes.alerts()
    return {
      due: rows.filter((row) => row.state === 'due').length,
      unopened: 2,
      upcoming: rows.filter((row) => row.state === 'upcoming').length,
    }
  }
  const notesChanged = () => {
    state.emit('changed', { connectionId: CONNECTION, datasets: ['notes'], ids: null })
    state.emit('alerts', alertCounts())
  }
  const failsAt = asked.get('fail')

  const testConnection = async (testId: string): Promise<{ ok: boolean; steps: TestStep[] }> => {
    const facts: Record<string, TestStep['facts']> = {
      address: { host: 'cp.sever-cloud.ru', addresses: ['10.20.4.17'] },
      reach: { host: 'cp.sever-cloud.ru', port: 443 },
      tls: { protocol: 'TLSv1.3', subject: 'cp.sever-cloud.ru', issuer: 'Sever Cloud Root CA', validTo: NOW + 140 * DAY },
      clock: { skewMs: 130_000 },
      token: { login: 'i.sokolova@sever-cloud.ru' },
      rights: { clients: 300 },
      features: { offered: ['clients', 'projects', 'servers', 'notes', 'limits'], missing: ['statistics'] },
    }
    const codes: Record<string, AppErrorData['code']> = {
      address: 'dns',
      reach: 'refused',
      tls: 'tls',
      token: 'unauthorized',
      rights: 'forbidden',
      features: 'bad-answer',
      clock: 'internal',
    }
    const steps: TestStep[] = []
    let failed = false
    for (const step of testSteps) {
      if (!failed) state.emit('testStep', { testId, step, state: 'running', tookMs: null, facts: {}, error: null })
      await wait(failed ? 0 : 90)
      const bad = step === failsAt
      const next: TestStep = {
        testId,
        step,
        state: failed ? 'skipped' : bad ? 'failed' : step === 'clock' ? 'warning' : 'ok',
        tookMs: failed ? null : step === 'clock' ? null : 12 + steps.length * 23,
        facts: failed ? {} : (facts[step] ?? {}),
        error: bad
          ? {
              code: codes[step] ?? 'internal',
              message: 'x',
              retryable: false,
              details: { reason: 'SELF_SIGNED_CERT_IN_CHAIN', client: 'Полюс Плюс', status: 403 },
            }
          : null,
      }
      failed ||= bad
      steps.push(next)
      state.emit('testStep', next)
      if (bad) break
    }
    return { ok: !failed, steps }
  }
  const handlers: Handled = {
    shell: {
      info: () => ({
        version: '0.1.0',
        host: 'stand-in',
        electronVersion: '45.4.1',
        platform: 'linux',
        dataFolder: '/home/irina/.config/partner-console',
        secrets: state.bare ? 'development-key-file' : 'system',
        hasTray: true,
      }),
      openLink: () => ({}),
      openDataFolder: () => ({}),
      quit: () => ({}),
      copyText: ({ text }) => {
        Object.assign(window, { lastCopied: text })
        return {}
      },
      saveListCsv: ({ title }) => jobs.begin({ kind: 'list-export', rows: lists.size(), file: 'clients.csv', kept: true }, title),
      saveKeptFile: () => jobs.begin({ kind: 'save-file', file: 'clients.csv' }, 'Клиенты'),
      openJobFile: () => ({}),
      showJobFile: () => ({}),
      pickPemFile: () => ({ name: 'root-ca.pem', text: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' }),
      pickProfile: () => null,
      saveProfile: () => ({ file: 'profile.json' }),
      workspace: () => ({ state: 'ready', language: 'ru', theme: 'system' }),
      setPassphrase: () => ({ state: 'ready', language: 'ru', theme: 'system' }),
      unlock: () => ({ state: 'ready', language: 'ru', theme: 'system' }),
      recover: () => ({ state: 'ready', language: 'ru', theme: 'system' }),
      startAnew: () => ({ state: 'ready', language: 'ru', theme: 'system' }),
      storeChoices: () => ({ salvage: null, backups: [], damaged: [] }),
      takeStoreChoice: () => ({ state: 'ready', language: 'ru', theme: 'system' }),
      workTemporarily: () => ({ state: 'temporary', language: 'ru', theme: 'system' }),
      recoveryCode: () => ({ code: 'LYRA-7Q2M-KEDR-19PT-VOLGA-5XNB' }),
    },
    preferences: {
      get: () => state.preferences,
      set: (change) => {
        state.preferences = { ...state.preferences, ...(change as Partial<typeof state.preferences>) }
        state.emit('preferences', state.preferences)
        return state.preferences
      },
    },
    connections: {
      list: () => state.connections,
      test: ({ testId }) => testConnection(testId),
      cancelTest: () => ({}),
      add: (draft) => {
        const row = {
          platform: draft.platform,
          name: draft.name,
          address: draft.baseUrl,
          utcOffsetMinutes: draft.utcOffsetMinutes,
          billingOffsetMinutes: draft.billingOffsetMinutes,
          profile: 'standard' as const,
          id: `conn-${state.connections.length + 1}`,
          color: '#7a63d8',
          demo: false,
          accountLogin: 'i.sokolova',
          accountName: 'Ирина Соколова',
          state: 'active' as const,
        }
        state.connections.push(row)
        return row
      },
      rename: ({ id, name }) => {
        const row = state.connections.find((other) => other.id === id) ?? refusal('not-found')
        return Object.assign(row, { name })
      },
      setToken: async ({ id, token }) => {
        await wait(300)
        if (token === 'bad') refusal('unauthorized')
        return Object.assign(state.connections.find((other) => other.id === id) ?? refusal('not-found'), { state: 'active' as const })
      },
      forget: ({ id }) => {
        state.connections.splice(
          state.connections.findIndex((row) => row.id === id),
          1,
        )
        return {}
      },
      atStart: () => null,
      startDemo: async () => {
        for (let i = 0; i <= 10; i++) {
          state.emit('demo', { progress: i / 10 })
          await wait(120)
        }
        state.emit('demo', { progress: null })
        const row = {
          id: 'conn-demo',
          platform: 'rustack' as const,
          name: 'Демо',
          profile: 'standard' as const,
          address: 'http://127.0.0.1:4100',
          utcOffsetMinutes: 180,
          billingOffsetMinutes: 180,
          color: '#d7931a',
          demo: true,
          accountLogin: 'demo',
          accountName: 'Демо',
          state: 'active' as const,
        }
        state.connections.push(row)
        return row
      },
      profile: () => ({ text: '{}\n', own: false, standard: '{}\n' }),
      checkProfile: () => [],
      setProfile: ({ id }) => state.connections.find((row) => row.id === id) ?? state.connections[0]!,
      tryProfile: () => [],
      describedApi: () => null,
      setZones: ({ id }) => state.connections.find((row) => row.id === id) ?? state.connections[0]!,
      capabilities: () =>
        datasets.map((feature) => {
          const row = syncOf(state, CONNECTION).datasets.find((other) => other.dataset === feature)
          return {
            kind: 'dataset' as const,
            feature,
            offered: row?.offered ?? !state.bare,
            certainty: row?.certainty ?? 'inferred',
            reason:
              row?.offered === false ? { code: 'not-offered' as const, message: '404', retryable: false, details: { status: 404 } } : null,
          }
        }),
    },
    sync: {
      status: () => state.connections.map((row) => syncOf(state, row.id)),
      now: ({ connectionId }) => {
        const id = connectionId ?? CONNECTION
        state.emit('sync', { ...syncOf(state, id), phase: 'running' })
        void wait(1500).then(() => state.emit('sync', syncOf(state, id)))
        return {}
      },
      cancel: () => ({}),
      problems: () => {
        const raw = '{"id":"5e1dd4be","name":"root","size":"много"}'
        const rows = state.failing
          ? [{ dataset: 'disks' as const, id: '5e1dd4be', name: 'root', field: 'size', why: 'wrong-type', raw }]
          : []
        return { rows, total: rows.length }
      },
    },
    store: { notices: () => [], noticeRead: () => ({}), check: () => ({ share: null }) },
    dashboard: {
      summary: () => makeSummary(state),
      series: ({ period }) => makeSeries(period, state.empty || state.first),
      contributors: ({ type }) => makeContributors(type),
    },
    clients: {
      list: ({ query, offset, limit }) => lists.clients(query, offset, limit),
      get: ({ clientId }): ClientDetails => {
        const row = lists.client(clientId)
        return {
          ...row,
          internetMbit: 100,
          lanMbit: 1000,
          paymentMethods: ['yandex', 'invoice'],
          billingEnabled: true,
          contractInactive: false,
          hypervisors,
          contacts: [{ username: 'Марина', email: 'm@example.test', phone: '+7 900 000-00-00' }],
          disks: (row.servers ?? 0) * 2,
          extra: { locale: 'ru' },
          extraLeft: 0,
          asOf: lists.asOf(),
          limitCount: limitsOf(indexOfClient(clientId)).length,
          accessCount: 3,
        }
      },
      projects: (asked) => ({ ...fakeTree(asked), asOf: lists.asOf(), lacking: [] }),
      days: ({ clientId }) => ({
        offered: !state.bare,
        points: Array.from({ length: 30 }, (_, d) => ({
          at: NOW - (29 - d) * DAY,
          charged: { minor: whole(900_000, 1_800_000, indexOfClient(clientId), d), currency: 'RUB' },
        })),
        total: { minor: 42_000_000, currency: 'RUB' },
        asOf: lists.asOf(),
      }),
      limits: ({ clientId }) => ({
        offered: !state.bare,
        rows: state.bare ? [] : limitsOf(indexOfClient(clientId)),
        total: state.bare ? 0 : limitsOf(indexOfClient(clientId)).length,
        asOf: { at: NOW - 160 * 60_000, complete: true, missing: null, without: 0 },
      }),
      access: () => ({
        offered: !state.bare,
        rows: [
          { accountId: 'a-1', login: 'admin@granit.example', username: 'Олег Гранин', role: 'admin', active: true, blocked: false },
          { accountId: 'a-2', login: 'user@granit.example', username: 'Анна Лесная', role: 'user', active: true, blocked: false },
        ],
        total: 2,
        asOf: lists.asOf(),
      }),
      changes: () => ({
        rows: [
          {
            dataset: 'clients',
            field: 'internetMbit',
            before: '100',
            after: '200',
            between: { from: NOW - 3 * 3_600_000, to: NOW - 2 * 3_600_000 },
          },
          { dataset: 'limits', field: 'cpu', before: '96', after: '128', between: { from: NOW - 3 * DAY, to: NOW - 3 * DAY + 300_000 } },
        ],
        total: 2,
      }),
      opened: () => ({}),
    },
    servers: {
      work: () => ({ offered: true, rows: [] }),
      order: () => ({ commandId: 'cmd-2' }),
      seen: () => ({}),
    },
    batches: {
      list: () => ({ rows: [] }),
      get: () => refusal('not-found'),
      goOn: () => ({}),
      cancel: () => ({}),
      retryFailed: () => ({ commands: 0 }),
      undoPreview: () => refusal('not-found'),
      undo: () => refusal('not-found'),
    },
    limits: makeLimits(state, () => state.emit('changed', { connectionId: CONNECTION, datasets: ['limits'], ids: null })),
    contracts: {
      list: ({ offset, limit, query: { text } }) => {
        const rows = Array.from({ length: Math.max(0, Math.min(limit, lists.size() - offset)) }, (_, i) =>
          lists.contract(offset + i),
        ).filter((row) => row.name.includes(text) || (row.clientName ?? '').toLowerCase().includes(text.toLowerCase()))
        return {
          rows,
          total: text ? rows.length : lists.size(),
          count: text ? rows.length : lists.size(),
          totals: { balance: [{ minor: 6_905_056_534, currency: 'RUB' }] },
          asOf: lists.asOf(),
          ...{ lacking: [], names: null, version: '' },
        }
      },
      get: ({ id }) => ({ ...lists.contract(Number(id.slice(2))), asOf: lists.asOf() }),
    },
    payments: {
      list: () => ({
        ...{ rows: [], total: 0, count: 0, lacking: [], names: null, version: '', asOf: lists.asOf() },
        totals: { balance: [], came: [], went: [], completed: 0, without: { sum: 0, pending: 0, cancelled: 0, unknown: 0 } },
      }),
    },
    tickets: { list: () => nothing(lists.asOf()) },
    events: { list: () => nothing(lists.asOf()) },
    users: { list: () => nothing(lists.asOf()) },
    tariffPlans: {
      list: ({ query: { text }, offset, limit }) => {
        const rows = state.empty
          ? []
          : Array.from({ length: 6 }, (_, i) => lists.plan(i)).filter((row) => row.name.toLowerCase().includes(text.toLowerCase()))
        return {
          rows: rows.slice(offset, offset + limit),
          total: rows.length,
          count: rows.length,
          totals: {},
          asOf: lists.asOf(),
          ...{ lacking: [], names: null, version: '' },
        }
      },
      get: ({ id }) => ({ ...lists.plan(Number(id.slice(5)) - 1), asOf: lists.asOf() }),
    },
    notes: {
      list: ({ clientId, filter }) => {
        const rows = (state.empty || state.first ? [] : notes.of(clientId)).filter(
          (row) =>
            (filter.system === null || row.system === filter.system) &&
            (filter.authorId === null || row.authorId === filter.authorId) &&
            (!filter.today || (row.createdAt ?? 0) > NOW - DAY),
        )
        return { rows, total: rows.length, offered: !state.bare, writable: !state.bare, asOf: lists.asOf() }
      },
      authors: () => [
        { id: 'a-1', name: 'Ирина Соколова' },
        { id: 'a-2', name: 'Павел Ермаков' },
      ],
      create: ({ clientId, text, alertAt }) => {
        if (alertAt !== null && alertAt < Date.now()) refusal('invalid-input', { fields: { alertAt: 'past' } })
        const row = notes.create(clientId, text, alertAt)
        notesChanged()
        return row
      },
      update: ({ id, text, alertAt }) => {
        const row = notes.put({ ...note(id), text, alertAt })
        notesChanged()
        return row
      },
      confirm: ({ id }) => {
        const row = notes.put({ ...note(id), confirmed: true })
        notesChanged()
        return row
      },
      remove: ({ id }) => {
        if (state.offline) refusal('needs-connection')
        notes.remove(id)
        notesChanged()
        return {}
      },
    },
    alerts: {
      list: ({ state: which, own }) => {
        const all = (state.empty || state.first ? [] : notes.alerts()).filter((row) => (which === 'done') === (row.state === 'done'))
        const mine = all.filter((row) => row.note.own)
        const rows = own ? mine : all
        return { rows, total: rows.length, counts: { all: all.length, own: mine.length }, asOf: lists.asOf() }
      },
      counts: () => alertCounts(),
      snooze: ({ noteId, until }) => {
        notes.put({ ...note(noteId), alertAt: until })
        notesChanged()
        return {}
      },
      done: ({ noteId }) => {
        notes.put({ ...note(noteId), confirmed: true })
        notesChanged()
        return { commandId: null }
      },
      opened: () => ({}),
    },
    jobs: jobs.calls,
    files: { list: () => ({ rows: [], total: 0 }), remove: () => ({}) },
    outbox: {
      list: () => ({ rows: outbox, total: outbox.length, sentToday: 26, counts: outboxCounts() }),
      retry: () => ({}),
      discard: ({ id }) => {
        outbox.splice(
          outbox.findIndex((row) => row.id === id),
          1,
        )
        state.emit('outbox', outboxCounts())
        return {}
      },
      resolve: ({ id }) => {
        outbox.splice(
          outbox.findIndex((row) => row.id === id),
          1,
        )
        state.emit('outbox', outboxCounts())
        return {}
      },
    },
    search: {
      find: ({ text, limit }) => {
        const query = { connectionId: null, view: 'all' as const, text, filters: [], sort: { by: 'name' as const, desc: false } }
        const found = text ? lists.clients(query, 0, Math.min(limit, 200)) : { rows: [], total: 0 }
        const rows = found.rows.slice(0, limit).map((row) => ({
          kind: 'client' as const,
          connectionId: row.connectionId,
          id: row.id,
          clientId: row.id,
          title: row.name,
          hint: row.planName ?? '',
          balance: row.balance,
        }))
        const plans = Array.from({ length: 6 }, (_, i) => lists.plan(i)).filter(
          (plan) => text && plan.name.toLowerCase().includes(text.toLowerCase()),
        )
        return {
          rows: [
            ...rows,
            ...plans.map((plan) => ({
              kind: 'tariff_plan' as const,
              connectionId: CONNECTION,
              id: plan.id,
              clientId: null,
              title: plan.name,
              hint: `${plan.contracts ?? 0}`,
              balance: null,
            })),
          ],
          totalClients: found.total,
        }
      },
    },
    lists: {
      options: (asked) => lists.options(asked),
      views: () => ({ fixed: lists.views(), own: [] }),
      saveView: ({ list, name, query }) => ({ id: 'v-1', list, name, query }),
      removeView: () => ({}),
    },
  }
  const call = (domain: string, name: string) => async (input: unknown) => {
    if (latency) await wait(latency)
    try {
      const handler = (handlers as unknown as Record<string, Record<string, (input: unknown) => unknown>>)[domain]?.[name]
      return { ok: true, value: JSON.parse(JSON.stringify(await handler?.(input))) as unknown }
    } catch (thrown) {
      const data = (thrown as { data?: AppErrorData }).data
      return { ok: false, error: data ?? { code: 'internal', message: String(thrown), retryable: false, details: {} } }
    }
  }
  const domains = Object.fromEntries(
    Object.entries(handlers).map(([domain, names]) => [
      domain,
      Object.fromEntries(Object.keys(names).map((name) => [name, call(domain, name)])),
    ]),
  )
  Object.assign(window, { fake: state })
  return { ...domains, on: state.on } as unknown as Bridge
}
