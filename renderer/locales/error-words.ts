import type { AppErrorData } from '@shared/errors'
import { useText, type TextKey } from './index'

export interface ErrorWords {
  /** What happened. */
  title: string
  /** What is safe. */
  safe: string
  /** What to do. */
  todo: string
  /** The platform's own words, as they came; empty where there are none. */
  theirs: string
}
/** One detail of an error as text; anything that is no text or number is left out. */
export const detailOf = (details: Record<string, unknown>, key: string): string => {
  const value = details[key]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
type Coded = Pick<AppErrorData, 'code' | 'details'>

const theirWords = (details: Record<string, unknown>): string => {
  const texts = details['texts']
  return Array.isArray(texts) ? texts.filter((text): text is string => typeof text === 'string').join(' ') : ''
}

/** Where the store is well: another file is meant, or it was taken away. */
const OWN_WORDS: ReadonlySet<string> = new Set(['file-gone', 'cannot-write', 'kept-missing', 'kept-damaged'])

/** Words for a coded error: what happened, what is safe, what to do. The raw message is never shown. */
export const useErrorWords = (): ((error: Coded) => ErrorWords) => {
  const t = useText()
  return ({ code, details }) => {
    const reason = detailOf(details, 'reason')
    const key = code === 'storage' && OWN_WORDS.has(reason) ? reason : code
    const say = (part: string): string => t(`errors.${key}.${part}` as TextKey, { reason, host: detailOf(details, 'host') })
    const number = code === 'internal' ? detailOf(details, 'number') : ''
    const title = number === '' ? say('title') : t('errors.internal.numbered', { number })
    return { title, safe: say('safe'), todo: say('todo'), theirs: theirWords(details) }
  }
}

const LIST_CODES: ReadonlySet<string> = new Set(['forbidden', 'not-found', 'not-offered', 'rejected', 'bad-answer'])

/** What is wrong with a list, in one sentence without a full stop: nothing was typed, and no single record is missing. */
export const useListErrorWords = (): ((error: Coded) => string) => {
  const t = useText()
  const words = useErrorWords()
  return (error) => {
    if (!LIST_CODES.has(error.code)) return words(error).title.replace(/\.$/, '')
    const status = detailOf(error.details, 'status')
    const said = t(`errors.list.${error.code}` as TextKey)
    return status === '' || status === '200' ? said : `${said} (${status})`
  }
}
