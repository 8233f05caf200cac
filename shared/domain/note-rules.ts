/** What a person writes in a note, and what is compared of it. */
export interface NoteFields {
  text: string
  alertAt: number | null
  confirmed: boolean
}
type Written = Pick<NoteFields, 'text' | 'alertAt'>

/** Platforms trim texts, turn line ends and keep alerts to the minute: none of that makes another note. */
export const naturalText = (text: string): string => text.replace(/\r\n?/g, '\n').trim()
const MINUTE = 60_000
export const wholeMinute = (at: number | null): number | null => (at === null ? null : Math.floor(at / MINUTE) * MINUTE)

export const sameNatural = (a: Written, b: Written): boolean =>
  naturalText(a.text) === naturalText(b.text) && wholeMinute(a.alertAt) === wholeMinute(b.alertAt)

export const sameNote = (a: NoteFields, b: NoteFields): boolean => sameNatural(a, b) && a.confirmed === b.confirmed

export const noteFieldsOf = ({ text, alertAt, confirmed }: NoteFields): NoteFields => ({ text, alertAt, confirmed })

/** Letters and digits alone: what is left of a text whose case, blanks, quotes or tags a platform changes. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/<[^>]*>/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

export const sameButForMarks = (a: Written, b: Written): boolean =>
  bare(a.text) !== '' && bare(a.text) === bare(b.text) && wholeMinute(a.alertAt) === wholeMinute(b.alertAt)

/** Equal for two notes of a client exactly where they could be taken for one another by `sameNatural` or `sameButForMarks`. */
export const lookAlikeKey = ({ text, alertAt }: Written): string => {
  const letters = bare(text)
  return JSON.stringify([wholeMinute(alertAt), letters === '' ? ['marks', naturalText(text)] : letters])
}
