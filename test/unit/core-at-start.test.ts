import { afterEach, expect, it } from 'vitest'
import { runCore } from '../support/core-running'
import { scriptedDeployment, type Script, type ScriptedDeployment } from '../support/scripted-deployment'

const TOKEN = 'a'.repeat(40)
let deployment: ScriptedDeployment | null = null
let run: ReturnType<typeof runCore> | null = null
afterEach(async () => {
  await run?.core.stop()
  await deployment?.close()
  run = deployment = null
})
const started = async (baseUrl: string): Promise<ReturnType<typeof runCore>> => {
  run = runCore({ folder: '', start: { databaseKey: null, connect: { baseUrl, token: TOKEN } } })
  await run.core.whenStarted
  return run
}
const refusing = async (script: Script): Promise<string> => {
  deployment = await scriptedDeployment(script)
  return deployment.url
}

it('an address at which nobody answers is said in one line, and the form finds the steps and the reason', async () => {
  const { call, said, events } = await started('http://127.0.0.1:9')
  expect(said).toEqual(['http://127.0.0.1:9 was not connected: step reach, refused'])
  const state = await call('connections', 'atStart', {})
  expect(state).toMatchObject({ baseUrl: 'http://127.0.0.1:9', running: false, error: { code: 'refused' } })
  expect(state?.steps.at(-1)).toMatchObject({ step: 'reach', state: 'failed' })
  expect(events.some(({ name, payload }) => name === 'changed' && (payload as { connectionId: string }).connectionId === '')).toBe(true)
})

it('so is a token that is refused, and never the token itself', async () => {
  const url = await refusing({ '/v1/account/me': () => ({ status: 401, json: { detail: 'Недопустимый токен.' } }) })
  const { call, said } = await started(url)
  expect(said).toEqual([`${url} was not connected: step token, unauthorized (401)`])
  expect((await call('connections', 'atStart', {}))?.steps.at(-1)).toMatchObject({ step: 'token', state: 'failed' })
})

it('and an address that cannot be used, by its field', async () => {
  const { call, said } = await started('http://cp.example')
  expect(said).toEqual(['http://cp.example was not connected: invalid-input (baseUrl url-not-loopback)'])
  expect((await call('connections', 'atStart', {}))?.error).toMatchObject({ details: { fields: { baseUrl: 'url-not-loopback' } } })
})

it('a list of clients that is closed to the token fails the step of the rights, not the token', async () => {
  const url = await refusing({
    '/v1/account/me': () => ({ json: { id: 'me', login: 'me@example' } }),
    '/v1/client': () => ({ status: 403, json: {} }),
  })
  const { call, said } = await started(url)
  expect(said[0]).toContain('step rights, forbidden')
  const steps = (await call('connections', 'atStart', {}))?.steps ?? []
  expect(steps.map(({ step, state }) => [step, state]).slice(-2)).toEqual([
    ['token', 'ok'],
    ['rights', 'failed'],
  ])
})

it('nothing is told where nothing was named', async () => {
  run = runCore({ folder: '', start: { databaseKey: null } })
  await run.core.whenStarted
  expect(await run.call('connections', 'atStart', {})).toBeNull()
  expect(run.said).toEqual([])
})
