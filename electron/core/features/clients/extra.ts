import type { ClientDetails } from '@shared/ipc/clients'
import { boundedRows, cutText } from '../answer-size'

const MOST_FIELDS_BYTES = 60 * 1024
const MOST_VALUE = 2000

/** Fields that the console does not know, each as far as it can be read at once; what is left out is counted. */
export const shownExtra = (extra: Record<string, unknown>): Pick<ClientDetails, 'extra' | 'extraLeft'> => {
  const all = Object.entries(extra).map(([name, value]): [string, unknown] => [cutText(name, 200), cutValue(value)])
  const kept = boundedRows(all, MOST_FIELDS_BYTES)
  return { extra: Object.fromEntries(kept), extraLeft: all.length - kept.length }
}

const cutValue = (value: unknown): unknown => {
  if (typeof value === 'string') return cutText(value, MOST_VALUE)
  if (typeof value !== 'object' || value === null) return value
  const text = JSON.stringify(value)
  return text.length <= MOST_VALUE ? value : cutText(text, MOST_VALUE)
}
