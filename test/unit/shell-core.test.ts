import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CoreStart, FromCore, ToCore } from '@shared/ipc/host-protocol'
import { CoreSupervisor, troubleOf } from '../../electron/shell/core/core-supervisor'

class FakeProcess extends EventEmitter {
  readonly got: ToCore[] = []
  killed = false
  postMessage(message: ToCore): void {
    this.got.push(message)
  }
  kill(): boolean {
    this.killed = true
    this.emit('exit', 143)
    return true
  }
  says(message: FromCore): void {
    this.emit('message', message)
  }
  calls() {
    return this.got.filter((message) => message.type === 'call')
  }
}

const start = { type: 'start' } as CoreStart
const supervised = (more: { onAsk?: (name: string, input: unknown) => Promise<unknown> } = {}) => {
  const processes: FakeProcess[] = []
  const pushed: FromCore[] = []
  const restarts: boolean[] = []
  const core = new CoreSupervisor({
    fork: () => {
      const process = new FakeProcess()
      processes.push(process)
      return process
    },
    start: (isRestart) => {
      restarts.push(isRestart)
      return Promise.resolve(start)
    },
    onReady: () => undefined,
    onFailed: () => undefined,
    onAsk: more.onAsk ?? (() => Promise.reject(new Error('nothing to ask'))),
    onPush: (message) => void pushed.push(message),
    onLog: () => undefined,
    log: () => undefined,
    now: () => Date.now(),
  })
  return { core, processes, pushed, restarts, latest: () => processes.at(-1) as FakeProcess }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a core whose store does not open', () => {
  const damaged = { code: 'storage', message: 'x', retryable: false, details: { reason: 'damaged', file: 'local.db' } } as const

  it('says so, keeps those who wait, and opens once a person has decided', async () => {
    const { core, latest } = supervised()
    await core.launch()
    const answered = core.call('clients', 'list', {})
    latest().says({ type: 'failed', error: damaged })
    expect(await core.trouble()).toEqual(damaged)
    const taken = core.recovery('take', { kind: 'salvage' })
    await vi.advanceTimersByTimeAsync(0)
    const [call] = latest().calls()
    expect(call).toMatchObject({ domain: 'recovery', name: 'take', input: { kind: 'salvage' } })
    latest().says({ type: 'ready' })
    latest().says({ type: 'answer', id: call?.id ?? 0, result: { ok: true, value: {} } })
    await taken
    expect(await core.trouble()).toBeNull()
    await vi.advanceTimersByTimeAsync(0)
    const [, list] = latest().calls()
    latest().says({ type: 'answer', id: list?.id ?? 0, result: { ok: true, value: [1] } })
    expect(await answered).toEqual({ ok: true, value: [1] })
  })

  it('says the same again where what was chosen could not be taken', async () => {
    const { core, latest } = supervised()
    await core.launch()
    latest().says({ type: 'failed', error: damaged })
    const taken = core.recovery('take', { kind: 'new' })
    await vi.advanceTimersByTimeAsync(0)
    latest().says({ type: 'answer', id: latest().calls()[0]?.id ?? 0, result: { ok: false, error: { ...damaged, details: {} } } })
    await expect(taken).rejects.toMatchObject({ code: 'storage' })
    expect(await core.trouble()).toEqual(damaged)
  })

  it('is told apart from one that no decision helps', () => {
    const because = (details: Record<string, unknown>) => troubleOf({ ...damaged, details })
    expect(because({ reason: 'damaged', file: '/data/local.db' })).toBe('store-damaged')
    expect(because({ reason: 'missing' })).toBe('store-missing')
    for (const details of [
      { reason: 'damaged', file: 'cache.db' },
      { reason: 'newer-schema', file: 'local.db' },
      { reason: 'old-node' },
      {},
    ])
      expect(because(details)).toBeNull()
  })
})

describe('a call to the core', () => {
  it('waits until the core is ready, and gives its answer', async () => {
    const { core, latest } = supervised()
    await core.launch()
    const answered = core.call('clients', 'list', { a: 1 })
    expect(latest().calls()).toEqual([])
    latest().says({ type: 'ready' })
    await vi.advanceTimersByTimeAsync(0)
    expect(latest().calls()).toEqual([{ type: 'call', id: 1, domain: 'clients', name: 'list', input: { a: 1 } }])
    latest().says({ type: 'answer', id: 1, result: { ok: true, value: 7 } })
    expect(await answered).toEqual({ ok: true, value: 7 })
  })

  it('settles when the core dies in the middle, and may be tried again', async () => {
    const { core, latest } = supervised()
    await core.launch()
    latest().says({ type: 'ready' })
    const answered = core.call('clients', 'list', {})
    await vi.advanceTimersByTimeAsync(0)
    latest().emit('exit', 139)
    expect(await answered).toMatchObject({ ok: false, error: { code: 'internal', retryable: true, details: { reason: 'core-stopped' } } })
  })

  it('settles with a timeout when no answer comes', async () => {
    const { core, latest } = supervised()
    await core.launch()
    latest().says({ type: 'ready' })
    const answered = core.call('clients', 'list', {})
    await vi.advanceTimersByTimeAsync(120_000)
    expect(await answered).toMatchObject({ ok: false, error: { code: 'timeout' } })
  })

  it('settles with the reason when the core says that it cannot start, now and later', async () => {
    const { core, latest, processes } = supervised()
    await core.launch()
    const early = core.call('clients', 'list', {})
    const error = { code: 'storage' as const, message: 'a newer schema', retryable: false, details: { reason: 'newer' } }
    latest().says({ type: 'failed', error })
    latest().emit('exit', 1)
    expect(await early).toEqual({ ok: false, error })
    expect(await core.call('sync', 'status', {})).toEqual({ ok: false, error })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(processes).toHaveLength(1)
  })

  it('made while the core is being started again waits for the new one', async () => {
    const { core, latest, processes, restarts } = supervised()
    await core.launch()
    latest().says({ type: 'ready' })
    latest().emit('exit', 1)
    const answered = core.call('clients', 'list', {})
    await vi.advanceTimersByTimeAsync(300)
    expect([processes.length, restarts]).toEqual([2, [false, true]])
    latest().says({ type: 'ready' })
    await vi.advanceTimersByTimeAsync(0)
    latest().says({ type: 'answer', id: 1, result: { ok: true, value: 'new' } })
    expect(await answered).toEqual({ ok: true, value: 'new' })
  })

  it('made before the first core died at its start is answered by the second one', async () => {
    const { core, latest } = supervised()
    await core.launch()
    const answered = core.call('clients', 'list', {})
    latest().emit('exit', 1)
    await vi.advanceTimersByTimeAsync(300)
    latest().says({ type: 'ready' })
    await vi.advanceTimersByTimeAsync(0)
    latest().says({ type: 'answer', id: 1, result: { ok: true, value: 1 } })
    expect(await answered).toEqual({ ok: true, value: 1 })
  })
})

describe('a core that keeps dying', () => {
  it('is started again later each time', async () => {
    const { core, latest, processes } = supervised()
    await core.launch()
    for (const [delay, count] of [
      [300, 2],
      [2000, 3],
      [8000, 4],
      [30_000, 5],
      [30_000, 6],
    ] as const) {
      latest().emit('exit', 1)
      await vi.advanceTimersByTimeAsync(delay - 1)
      expect(processes).toHaveLength(count - 1)
      await vi.advanceTimersByTimeAsync(1)
      expect(processes).toHaveLength(count)
    }
  })

  it('is forgiven after a minute of good work', async () => {
    const { core, latest, processes } = supervised()
    await core.launch()
    latest().emit('exit', 1)
    await vi.advanceTimersByTimeAsync(300)
    await vi.advanceTimersByTimeAsync(61_000)
    latest().emit('exit', 1)
    await vi.advanceTimersByTimeAsync(300)
    expect(processes).toHaveLength(3)
  })
})

describe('stopping', () => {
  it('lets the core end by itself, and starts no other', async () => {
    const { core, latest, processes } = supervised()
    await core.launch()
    const stopped = core.stop()
    expect(latest().got.at(-1)).toEqual({ type: 'stop' })
    latest().emit('exit', 0)
    await stopped
    await vi.advanceTimersByTimeAsync(60_000)
    expect([processes.length, latest().killed]).toEqual([1, false])
  })

  it('ends a core that does not, after three seconds', async () => {
    const { core, latest } = supervised()
    await core.launch()
    const stopped = core.stop()
    await vi.advanceTimersByTimeAsync(3000)
    await stopped
    expect(latest().killed).toBe(true)
  })
})

describe('what the core asks', () => {
  it('is answered, also when it goes wrong', async () => {
    const { core, latest } = supervised({
      onAsk: (name) => (name === 'resolveProxy' ? Promise.resolve({ pac: 'DIRECT' }) : Promise.reject(new Error('no'))),
    })
    await core.launch()
    latest().says({ type: 'ask', id: 5, name: 'resolveProxy', input: { url: 'https://cloud.example' } })
    latest().says({ type: 'ask', id: 6, name: 'wrapSecret', input: { plain: 'x' } })
    await vi.advanceTimersByTimeAsync(0)
    expect(latest().got.slice(-2)).toMatchObject([
      { type: 'answer', id: 5, result: { ok: true, value: { pac: 'DIRECT' } } },
      { type: 'answer', id: 6, result: { ok: false, error: { code: 'internal' } } },
    ])
  })
})
