/**
 * Folds a name or a query so that «Ёлка», "елка" and « ЕЛКА » meet: NFC, lower case, ё→е, all quotes and dashes
 * to one kind, white space to single blanks.
 */
export const foldText = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/ё/g, 'е')
    .replace(/[«»„“”"'’‘`]/g, ' ')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()

/** The part of an id that tells it from others, where there is nothing better to call a thing by. */
export const shortId = (id: string): string => (id.length <= 8 ? id : id.slice(0, 8))

/** What a record is called: its name, or its short id where the platform gave none. */
export const nameOf = (name: string | null, id: string): string => (name === null || name.trim() === '' ? shortId(id) : name)
