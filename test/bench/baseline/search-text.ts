/** What goes into the two full-text indexes, worked out without the console: folded text, and its pairs and first letters. */
export const fold = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/ё/g, 'е')
    .replace(/[«»„“”"'’‘`]/g, ' ')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()

export const pairs = (folded: string): string => {
  const found = new Set<string>()
  for (const word of folded.split(/[^\p{L}\p{N}]+/u)) {
    if (word === '') continue
    found.add(word.charAt(0))
    for (let at = 0; at + 2 <= word.length; at++) found.add(word.slice(at, at + 2))
  }
  return [...found].join(' ')
}
