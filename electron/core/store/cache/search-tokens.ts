const NO_WORD = /[^\p{L}\p{N}]+/u

/**
 * What a text is found by when only one or two letters are typed: every pair of letters within a word, and the first
 * letter of each word. Each is one token of `search_pair`, separated by blanks.
 */
export const searchTokens = (folded: string): string => {
  const tokens = new Set<string>()
  for (const word of folded.split(NO_WORD)) {
    if (word !== '') tokens.add(word.charAt(0))
    for (let at = 2; at <= word.length; at++) tokens.add(word.slice(at - 2, at))
  }
  return [...tokens].join(' ')
}
