import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { createRouter, type RouterOptions } from '../../electron/core/features/router'
import { createFaults, createLog, type LogLine } from '../../electron/core/log'

/** A router whose one call fails as told, and the log that it writes. */
const failing = (error: unknown) => {
  const logged: LogLine[] = []
  const log = createLog((line) => logged.push(line))
  const counts = (): never => {
    throw error
  }
  const router = createRouter({
    handlers: { alerts: { counts } } as unknown as RouterOptions['handlers'],
    internal: {} as RouterOptions['internal'],
    activity: { record: () => undefined } as unknown as RouterOptions['activity'],
    tell: createFaults(log, 'ab34'),
  })
  return { logged, call: () => router('alerts', 'counts', {}) }
}

describe('a fault inside the core', () => {
  const cause = new Error('EACCES /home/person/store')
  const fault = new TypeError('cannot read SELECT * FROM client', { cause })

  it('is told by a number alone, and logged under it whole: stack and cause', async () => {
    const { logged, call } = failing(fault)
    const answers = [await call(), await call()]
    expect(answers.map((answer) => !answer.ok && answer.error.details)).toEqual([{ number: '1-ab34' }, { number: '2-ab34' }])
    expect(JSON.stringify(answers)).not.toMatch(/home|SELECT|TypeError/)
    expect(logged.map(({ what }) => what)).toEqual(['fault 1-ab34 in alerts.counts', 'fault 2-ab34 in alerts.counts'])
    expect(logged[0]?.details).toContain('cannot read SELECT * FROM client')
    expect(logged[0]?.details).toContain('core-faults.test.ts')
    expect(logged[0]?.details).toContain('caused by Error: EACCES /home/person/store')
  })

  it('that was thrown as one of our own is hidden all the same', async () => {
    const { logged, call } = failing(new AppError('internal', '/home/person', { path: '/home/person' }))
    expect(JSON.stringify(await call())).not.toContain('/home')
    expect(logged[0]?.details).toContain('/home/person')
  })

  it('of the local file keeps its code and reason, and loses its words', async () => {
    const { logged, call } = failing(Object.assign(new Error('no such table: note at /home/x'), { code: 'SQLITE_ERROR' }))
    const answer = await call()
    expect(answer).toMatchObject({ ok: false, error: { code: 'storage', details: { reason: 'SQLITE_ERROR' } } })
    expect(JSON.stringify(answer)).not.toMatch(/home|no such table/)
    expect(logged[0]?.details).toContain('no such table')
  })

  it('is none where a person or the platform is at fault: that is told as it is, and not logged', async () => {
    const { logged, call } = failing(new AppError('invalid-input', 'no', { fields: { text: 'empty' } }))
    expect(await call()).toMatchObject({ ok: false, error: { code: 'invalid-input', details: { fields: { text: 'empty' } } } })
    expect(logged).toEqual([])
  })
})

describe('what a page asks and gets', () => {
  const answering = (value: unknown) => {
    const asked: unknown[] = []
    const router = createRouter({
      handlers: {
        alerts: { counts: () => value },
        clients: { get: (input: unknown) => asked.push(input) },
      } as unknown as RouterOptions['handlers'],
      internal: {} as RouterOptions['internal'],
      activity: { record: () => undefined } as unknown as RouterOptions['activity'],
      tell: createFaults(
        createLog(() => undefined),
        'ab34',
      ),
    })
    return { router, asked }
  }

  it('has no field that the contract does not name', async () => {
    const { router } = answering({ due: 1, unopened: 0, upcoming: 2, token: 'secret' })
    expect(await router('alerts', 'counts', {})).toEqual({ ok: true, value: { due: 1, unopened: 0, upcoming: 2 } })
  })

  it('that the contract cannot read is a fault, told by its number', async () => {
    const { router } = answering({ due: 'secret' })
    const answer = await router('alerts', 'counts', {})
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal', details: { number: '1-ab34' } } })
    expect(JSON.stringify(answer)).not.toContain('secret')
  })

  it('that is not as the contract has it never reaches a handler: the fields are named, not what stood in them', async () => {
    const { router, asked } = answering(null)
    const answer = await router('clients', 'get', { connectionId: 5, clientId: 'secret', more: 1 })
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-input', details: { fields: ['connectionId', ''] } } })
    expect(JSON.stringify(answer)).not.toContain('secret')
    expect(await router('clients', '__proto__', {})).toMatchObject({ ok: false, error: { code: 'not-found' } })
    expect(asked).toEqual([])
  })
})
