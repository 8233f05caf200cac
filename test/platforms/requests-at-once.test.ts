import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { outcomeOfFailure } from '../../electron/core/commands/outcome'
import { partOf, type PlatformAdapter } from '../../electron/core/platforms/port/core'
import { createAdapter } from '../../electron/core/platforms/registry'
import { AppError } from '../../shared/errors'
import { settingsAt } from '../support/notes-console'

/** Requests that the platform has taken and not answered, in the order in which they came. */
let taken: { path: string; answer: () => void }[]
let seen: string[]
let most: number
let server: Server
let adapter: PlatformAdapter
const never = new AbortController().signal

beforeEach(async () => {
  taken = []
  seen = []
  most = 0
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    seen.push(`${request.method ?? ''} ${path}`)
    taken.push({
      path,
      answer: () => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ items: [], total: 0, limit: 10 }))
      },
    })
    most = Math.max(most, taken.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  adapter = createAdapter({
    settings: settingsAt(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`),
    secrets: { platform: 'rustack', token: 'a'.repeat(40), clientKeyPem: null },
    language: 'ru',
    pageSize: null,
    clock: { now: () => 0 },
    resolveProxy: () => Promise.resolve('DIRECT'),
  })
})
afterEach(() => {
  adapter.close()
  server.closeAllConnections()
  server.close()
})

const until = async (reached: () => boolean): Promise<void> => {
  for (let turn = 0; !reached(); turn++) {
    if (turn > 2000) throw new Error(`it never came: ${JSON.stringify({ seen, taken: taken.length })}`)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}
/** The platform answers the oldest request, and takes the next one. */
const answerOne = async (): Promise<void> => {
  const before = seen.length
  taken.shift()?.answer()
  await until(() => seen.length > before)
}
/** The platform answers whatever comes until all of this has ended. */
const finish = async (work: readonly Promise<unknown>[]): Promise<void> => {
  let ended = false
  const all = Promise.allSettled(work).then(() => (ended = true))
  await until(() => {
    taken.shift()?.answer()
    return ended
  })
  await all
}
const page = (): Promise<unknown> => adapter.page({ dataset: 'projects', cursor: null, signal: never })
const readLimits = (clientId: string): Promise<unknown> => partOf(adapter, 'limits').ofClient(clientId, never)
const writeLimit = (id: string, signal = never): Promise<void> =>
  partOf(adapter, 'limits').write('a', { id, hypervisorId: 'h', type: 'ip', value: 1 }, signal)

it('lists and commands together have three requests under way, and the commands’ go first', async () => {
  const pages = Array.from({ length: 4 }, page)
  await until(() => taken.length === 3)
  const commands = [readLimits('one'), readLimits('two'), readLimits('three')]
  await answerOne()
  await answerOne()
  await answerOne()
  expect(seen.slice(3)).toEqual(['one', 'two', 'three'].map((id) => `GET /v1/client/${id}/limit`))
  // The slot of the first is kept for the next step of its change.
  taken.shift()?.answer()
  await answerOne()
  expect(seen.slice(6)).toEqual(['GET /v1/project'])
  await finish([...pages, ...commands])
  expect(most).toBe(3)
})

it('a stream of commands lets a list through now and then', async () => {
  const commands = Array.from({ length: 30 }, (_, n) => readLimits(String(n)))
  const list = page()
  await until(() => taken.length === 3)
  while (seen.length < 31) await answerOne()
  const place = seen.indexOf('GET /v1/project')
  expect([place > 3, place < 20]).toEqual([true, true])
  await finish([...commands, list])
  expect(most).toBe(3)
})

it('a slot stays free between the requests of a change: a list that waits does not take it at once', async () => {
  const pages = Array.from({ length: 6 }, page)
  await until(() => taken.length === 3)
  const before = readLimits('one')
  await answerOne()
  const at = taken.findIndex(({ path }) => path.endsWith('/limit'))
  taken.splice(at, 1)[0]?.answer()
  await before
  const after = writeLimit('l1')
  await until(() => seen.includes('PUT /v1/client/a/limit/l1'))
  expect(seen.filter((one) => one === 'GET /v1/project')).toHaveLength(3)
  await finish([...pages, after])
})

it.each(['in time', 'stopped'] as const)('a change that does not get its turn (%s) is not sent, and that is proved', async (why) => {
  const pages = Array.from({ length: 3 }, page)
  await until(() => taken.length === 3)
  const controller = new AbortController()
  const change = writeLimit('l1', controller.signal).catch((error: unknown) => AppError.from(error))
  if (why === 'stopped') controller.abort(new AppError('timeout', 'no answer in time'))
  const error = await change
  expect([error?.code, outcomeOfFailure(error as AppError).kind]).toEqual([why === 'stopped' ? 'cancelled' : 'timeout', 'retry'])
  await finish(pages)
  expect(seen.filter((one) => one.startsWith('PUT'))).toEqual([])
})

it('a read that was stopped before it left proves nothing: it may belong to a change that was sent', async () => {
  const pages = Array.from({ length: 3 }, page)
  await until(() => taken.length === 3)
  const controller = new AbortController()
  const reading = partOf(adapter, 'limits').ofClient('a', controller.signal)
  controller.abort()
  const error = await reading.then(
    () => null,
    (thrown: unknown) => AppError.from(thrown),
  )
  expect(outcomeOfFailure(error as AppError).kind).toBe('unknown')
  await finish(pages)
})
