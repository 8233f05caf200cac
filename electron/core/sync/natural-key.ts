import { createHash } from 'node:crypto'

export interface Natural {
  clientId: string
  text: string
  alertAt: number | null
}

/** Platforms trim texts, turn line ends and drop parts of a second: none of that makes another note. */
export const naturalText = (text: string): string => text.replace(/\r\n?/g, '\n').trim()
export const wholeSecond = (at: number | null): number | null => (at === null ? null : Math.floor(at / 1000) * 1000)

export const sameNatural = (a: Omit<Natural, 'clientId'>, b: Omit<Natural, 'clientId'>): boolean =>
  naturalText(a.text) === naturalText(b.text) && wholeSecond(a.alertAt) === wholeSecond(b.alertAt)

/** By what a note is recognised while it has no id that both sides know. */
export const naturalKey = ({ clientId, text, alertAt }: Natural): string =>
  createHash('sha256')
    .update(JSON.stringify([clientId, naturalText(text), wholeSecond(alertAt)]))
    .digest('base64url')
