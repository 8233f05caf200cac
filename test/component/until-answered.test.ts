import { expect, it } from 'vitest'
import { ApiError } from '@renderer/api/client'
import { untilAnswered } from '@renderer/api/until-answered'

const stopped = new ApiError({ code: 'internal', message: '', retryable: true, details: { reason: 'core-stopped' } })
const refused = new ApiError({ code: 'invalid-input', message: '', retryable: false, details: {} })

/** Fails so in turn, then answers. */
const asked = (...failures: Error[]) => {
  let times = 0
  const ask = (): Promise<string> => {
    const failure = failures[times++]
    return failure ? Promise.reject(failure) : Promise.resolve('saved')
  }
  return { ask, times: () => times }
}

it('asks again when nobody lived to answer, and recognises that it was saved', async () => {
  const one = asked(stopped, stopped)
  expect(await untilAnswered(one.ask)).toBe('saved')
  expect(one.times()).toBe(3)
})

it('does not ask without end', async () => {
  const one = asked(stopped, stopped, stopped, stopped)
  await expect(untilAnswered(one.ask)).rejects.toBe(stopped)
  expect(one.times()).toBe(3)
})

it('takes no for an answer', async () => {
  const one = asked(refused)
  await expect(untilAnswered(one.ask)).rejects.toBe(refused)
  expect(one.times()).toBe(1)
})
