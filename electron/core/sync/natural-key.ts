import { createHash } from 'node:crypto'

export interface Natural {
  clientId: string
  text: string
  alertAt: number | null
}

/** Platforms trim texts, turn line ends and keep alerts to the minute: none of that makes another note. */
export const naturalText = (text: string): string => text.replace(/\r\n?/g, '\n').trim()
const MINUTE = 60_000
export const wholeMinute = (at: number | null): number | null => (at === null ? null : Math.floor(at / MINUTE) * MINUTE)

export const sameNatural = (a: Omit<Natural, 'clientId'>, b: Omit<Natural, 'clientId'>): boolean =>
  naturalText(a.text) === naturalText(b.text) && wholeMinute(a.alertAt) === wholeMinute(b.alertAt)

/** Letters and digits alone: what is left of a text whose case, blanks, quotes or tags a platform changes. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/<[^>]*>/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

export const sameButForMarks = (a: Omit<Natural, 'clientId'>, b: Omit<Natural, 'clientId'>): boolean =>
  bare(a.text) !== '' && bare(a.text) === bare(b.text) && wholeMinute(a.alertAt) === wholeMinute(b.alertAt)

/** By what a note is recognised while it has no id that both sides know. */
export const naturalKey = ({ clientId, text, alertAt }: Natural): string =>
  createHash('sha256')
    .update(JSON.stringify([clientId, naturalText(text), wholeMinute(alertAt)]))
    .digest('base64url')
