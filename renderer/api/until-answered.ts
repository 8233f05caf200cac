import { ApiError } from './client'

const MOST_TIMES = 3

const hasNoAnswer = (error: unknown): boolean => {
  const { code, details } = ApiError.from(error)
  return code === 'internal' && details['reason'] === 'core-stopped'
}

/**
 * Asks again when the part of the program that was asked ended before it answered: it is started again at once, and the
 * call waits for it. Only for what may safely be asked twice.
 */
export const untilAnswered = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (let time = 1; ; time++) {
    try {
      return await ask()
    } catch (error) {
      if (time === MOST_TIMES || !hasNoAnswer(error)) throw error
    }
  }
}
