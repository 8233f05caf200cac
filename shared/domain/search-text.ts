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
