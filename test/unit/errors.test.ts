import { describe, expect, it } from 'vitest'
import { AppError, AppErrorData } from '@shared/errors'

describe('errors', () => {
  it('carry a code over a border and nothing raw', () => {
    const data = new AppError('locked', 'object is locked', { alias: 'object_locked' }).toData()
    expect(AppErrorData.parse(data)).toEqual({
      code: 'locked',
      message: 'object is locked',
      retryable: true,
      details: { alias: 'object_locked' },
    })
  })

  it('whatever is thrown becomes internal, and is not retried', () => {
    for (const thrown of [new TypeError('x is undefined'), 'text', null, undefined, 7]) {
      const error = AppError.from(thrown)
      expect(error.code).toBe('internal')
      expect(error.retryable).toBe(false)
    }
  })

  it('an AppError passes through unchanged', () => {
    const error = new AppError('offline', 'no answer')
    expect(AppError.from(error)).toBe(error)
  })
})
