/** What was answered to our own changes of notes, and when: a page that was asked for before that is older than it. */

/** Our own answer was asked for by nobody's page. */
export const OWN_ANSWER = Number.POSITIVE_INFINITY
/** No request is under way for longer; a page that seems to have been was asked for under another clock. */
export const LONGEST_REQUEST_MS = 300_000

/** Was it written or removed here after this page was asked for? Then the page is older than that. */
export const removedSince = (removed: ReadonlyMap<string, number>, note: { key: string; askedAt: number }): boolean => {
  const at = removed.get(note.key) ?? Number.NEGATIVE_INFINITY
  return at >= note.askedAt && at - note.askedAt <= LONGEST_REQUEST_MS
}
export const removedKey = (connectionId: string, noteId: string): string => `${connectionId}\n${noteId}`
export const answeredKey = (connectionId: string, noteId: string): string => `${removedKey(connectionId, noteId)}\nanswered`
