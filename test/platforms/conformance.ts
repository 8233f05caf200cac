import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeFeatures } from '../../shared/domain/dataset-names'
import { datasets, type Dataset } from '../../shared/domain/datasets'
import { entities, type EntityOf } from '../../shared/domain/entities'
import { AppError } from '../../shared/errors'
import { capabilityOf, offers, takes, type PlatformAdapter, type ProbeReport } from '../../electron/core/platforms/port/core'

/** A platform to try an adapter on. What it holds is the platform's business; the port is the same for all. */
export interface Conformance {
  name: string
  start(): Promise<{
    adapter: PlatformAdapter
    /** The same platform, asked with a token that it does not know. */
    stranger: PlatformAdapter
    /** Nothing listens there. */
    nowhere: PlatformAdapter
    /** Rows of a list, counted by other means. */
    count(dataset: Dataset): Promise<number | null>
    close(): Promise<void>
  }>
}

const HOUR_MS = 3_600_000
const never = new AbortController().signal
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
  } catch (error) {
    return error instanceof AppError ? error.code : `no AppError: ${String(error)}`
  }
  return 'nothing thrown'
}

/** What every adapter must do. Written against the port alone. */
export const conformanceSuite = (platform: Conformance): void => {
  describe(`${platform.name} conforms to the port`, () => {
    let made: Awaited<ReturnType<Conformance['start']>>
    let report: ProbeReport
    beforeAll(async () => {
      made = await platform.start()
      report = await made.adapter.probe(never)
    })
    afterAll(() => {
      for (const adapter of [made.adapter, made.stranger, made.nowhere]) adapter.close()
      return made.close()
    })
    const offered = (dataset: Dataset): boolean => offers(report.capabilities, dataset)
    const walk = async <D extends Dataset>(dataset: D, more: object = {}): Promise<EntityOf[D][]> => {
      const rows: EntityOf[D][] = []
      for (let cursor: string | null = null; ;) {
        const page: Awaited<ReturnType<typeof made.adapter.page<D>>> = await made.adapter.page({ dataset, cursor, signal: never, ...more })
        expect([...page.unreadable, ...page.partial]).toEqual([])
        rows.push(...page.items)
        if (page.next === null) return rows
        cursor = page.next
      }
    }

    it('says why something that it knows is not offered, and offers a write only where it has the part', () => {
      const { datasets: lists, writes } = report.capabilities
      expect(Object.keys(lists).length).toBeGreaterThan(0)
      for (const capability of [...Object.values(lists), ...Object.values(writes)])
        if (!capability.offered) expect(capability.reason?.code).toBeTruthy()
      for (const feature of writeFeatures) if (takes(report.capabilities, feature)) expect(made.adapter[feature], feature).toBeDefined()
      expect(report.account.id).not.toBe('')
    })

    it('walks each list to its end: as many ids as the platform counts, each once', async () => {
      for (const dataset of datasets) {
        if (!offered(dataset) || !['collection', 'append'].includes(capabilityOf(report.capabilities, dataset).walk)) continue
        const rows = await walk(dataset)
        expect(new Set(rows.map(({ id }) => id)).size, dataset).toBe(rows.length)
        const counted = await made.count(dataset)
        if (counted !== null) expect(rows.length, dataset).toBe(counted)
        for (const row of rows) expect(entities[dataset].safeParse(row).error, dataset).toBeUndefined()
      }
    })

    it('always walks what the vendor states, and says what it was told of it', () => {
      for (const { certainty, offered: walked, reason } of Object.values(report.capabilities.datasets)) {
        if (certainty === 'known') expect(walked).toBe(true)
        if (reason !== null) expect(reason.code).not.toBe('unauthorized')
      }
      const { pageSize } = report.capabilities
      if (pageSize !== null) expect(pageSize.size).toBeGreaterThan(10)
    })

    it('gives what one owner has as one page, whole', async () => {
      if (!offered('clients')) return
      const [client] = (await made.adapter.page({ dataset: 'clients', cursor: null, signal: never })).items
      for (const dataset of ['limits', 'notes'] as const) {
        if (!offered(dataset)) continue
        const page = await made.adapter.page({ dataset, cursor: null, ownerId: client?.id ?? '', signal: never })
        expect([page.next, page.total]).toEqual([null, page.items.length + page.unreadable.length])
      }
    })

    it('goes on from a cursor that it gave, as often as asked', async () => {
      if (!offered('clients')) return
      const first = await made.adapter.page({ dataset: 'clients', cursor: null, signal: never })
      if (first.next === null) return
      const once = await made.adapter.page({ dataset: 'clients', cursor: first.next, signal: never })
      const twice = await made.adapter.page({ dataset: 'clients', cursor: first.next, signal: never })
      expect(twice.items).toEqual(once.items)
      expect(once.items.some(({ id }) => first.items.some((row) => row.id === id))).toBe(false)
    })

    it('gives money in whole minor units and times in milliseconds', async () => {
      if (!offered('clients')) return
      const [client] = (await made.adapter.page({ dataset: 'clients', cursor: null, signal: never })).items
      if (typeof client?.createdAt === 'number') expect(new Date(client.createdAt).getUTCFullYear()).toBeGreaterThan(2000)
      const contracts = offered('contracts')
        ? (await made.adapter.page({ dataset: 'contracts', cursor: null, signal: never })).items
        : ((await made.adapter.page({ dataset: 'clients', cursor: null, signal: never })).sideload.contracts ?? [])
      for (const { balance } of contracts) if (balance) expect(Number.isInteger(balance.minor)).toBe(true)
    })

    it('keeps the parents apart: resources name a data centre, data centres a project, projects a client', async () => {
      if (!offered('servers') || !offered('vdcs') || !offered('projects')) return
      const [servers, vdcs, projects] = [await walk('servers'), await walk('vdcs'), await walk('projects')]
      const known = { vdcs: new Set(vdcs.map(({ id }) => id)), projects: new Set(projects.map(({ id }) => id)) }
      for (const { vdcId } of servers) if (vdcId !== null) expect(known.vdcs.has(vdcId)).toBe(true)
      for (const { projectId } of vdcs) if (projectId !== null) expect(known.projects.has(projectId)).toBe(true)
    })

    it('writes, changes, confirms and deletes a note, and reads it back whole', async () => {
      const { notes } = made.adapter
      if (!notes || !takes(report.capabilities, 'notes')) return
      const [client] = (await made.adapter.page({ dataset: 'clients', cursor: null, signal: never })).items
      const clientId = client?.id ?? ''
      const alertAt = Math.floor(Date.now() / HOUR_MS) * HOUR_MS + 26 * HOUR_MS
      const note = await notes.create({ clientId, text: 'Перезвонить «завтра»', alertAt }, never)
      expect(note).toMatchObject({ clientId, text: 'Перезвонить «завтра»', alertAt, confirmed: false })
      expect((await notes.ofClient(clientId, never)).find(({ id }) => id === note.id)).toEqual(note)
      const changed = await notes.update(note.id, { clientId, text: 'Позже', alertAt: null }, never)
      expect(changed).toMatchObject({ id: note.id, text: 'Позже', alertAt: null })
      expect((await notes.confirm(note.id, { clientId, text: 'Позже', alertAt: null }, never)).confirmed).toBe(true)
      await notes.remove(note.id, never)
      expect((await notes.ofClient(clientId, never)).some(({ id }) => id === note.id)).toBe(false)
      expect(await codeOf(notes.remove(note.id, never))).toBe('not-found')
      expect(await codeOf(notes.create({ clientId: 'no-such-client', text: 'x', alertAt: null }, never))).toBe('not-found')
    })

    it('adds, changes and takes away a limit, and reads the limits back whole', async () => {
      const writes = made.adapter.limits
      if (!writes || !takes(report.capabilities, 'limits')) return
      const [client] = (await made.adapter.page({ dataset: 'clients', cursor: null, signal: never })).items
      const clientId = client?.id ?? ''
      const hypervisorId = client?.hypervisors[0]?.id ?? ''
      const valueOf = async () => {
        const { rows, at } = await writes.ofClient(clientId, never)
        expect(at).toBeGreaterThan(0)
        return rows.find((row) => row.hypervisor.id === hypervisorId && row.type === 'networks') ?? null
      }
      const was = await valueOf()
      if (was) await writes.write(clientId, { id: was.id, hypervisorId, type: 'networks', value: null }, never)
      expect(await valueOf()).toBe(null)
      await writes.write(clientId, { id: null, hypervisorId, type: 'networks', value: 0 }, never)
      const made1 = await valueOf()
      expect(made1).toMatchObject({ owner: 'client', ownerId: clientId, type: 'networks', value: 0 })
      const again = writes.write(clientId, { id: null, hypervisorId, type: 'networks', value: 1 }, never)
      expect(await codeOf(again)).toBe('rejected')
      const id = made1?.id ?? ''
      await writes.write(clientId, { id, hypervisorId, type: 'networks', value: 1 }, never)
      expect((await valueOf())?.value).toBe(1)
      await writes.write(clientId, { id, hypervisorId, type: 'networks', value: null }, never)
      expect(await codeOf(writes.write(clientId, { id, hypervisorId, type: 'networks', value: 1 }, never))).toBe('not-found')
      expect(await codeOf(writes.ofClient('no-such-client', never))).toBe('not-found')
    })

    it('switches a server by a job that can be watched to its end', async () => {
      const power = made.adapter.power
      if (!offered('servers') || !takes(report.capabilities, 'power')) return
      const [server] = (await made.adapter.page({ dataset: 'servers', cursor: null, signal: never })).items
      if (!power || server === undefined) return
      const before = await power.server(server.id, never)
      const { jobId } = await power.order(server.id, before.power === true ? 'off' : 'on', never)
      expect(await power.server(server.id, never)).toMatchObject({ power: before.power, locked: true })
      expect(await codeOf(power.order(server.id, 'reboot', never))).toBe('locked')
      if (jobId !== null) {
        expect((await power.job(jobId, never)).state).toBe('running')
        await expect.poll(async () => (await power.job(jobId, never)).state, { timeout: 8_000 }).toBe('finished')
      }
      await expect.poll(() => power.server(server.id, never)).toMatchObject({ power: before.power !== true, locked: false })
      expect(await codeOf(power.order('no-such-server', 'on', never))).toBe('not-found')
    })

    it('gives statistics of a window, and the days of one client', async () => {
      const { clientDays } = made.adapter
      if (!offered('statistics') || !clientDays) return
      const to = report.clockSkewMs === null ? Date.now() : Date.now() + report.clockSkewMs
      const points = await walk('statistics', { from: to - 72 * HOUR_MS, to, resolution: 'hour' })
      expect(points.length).toBeGreaterThan(24)
      expect(new Set(points.map(({ at }) => at)).size).toBe(points.length)
      for (const { resolution } of points) expect(resolution).toBe('hour')
      const [client] = (await made.adapter.page({ dataset: 'clients', cursor: null, signal: never })).items
      const days = await clientDays(client?.id ?? '', to - 240 * HOUR_MS, to, never)
      for (const { at } of days) expect(at).toBeGreaterThan(to - 300 * HOUR_MS)
    })

    it('answers a ping, and says in codes what is wrong', async () => {
      expect((await made.adapter.ping(never)).at).toBeGreaterThan(0)
      expect(await codeOf(made.stranger.ping(never))).toBe('unauthorized')
      expect(await codeOf(made.stranger.probe(never))).toBe('unauthorized')
      expect(['refused', 'offline', 'dns', 'timeout']).toContain(await codeOf(made.nowhere.ping(never)))
      const stopped = new AbortController()
      stopped.abort()
      expect(await codeOf(made.adapter.page({ dataset: 'clients', cursor: null, signal: stopped.signal }))).toBe('cancelled')
    })
  })
}
