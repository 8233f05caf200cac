/** A text in pieces, those that hold a searched word marked; ё is е, large letters are small ones. */
export interface Piece {
  text: string
  hit: boolean
}
const fold = (text: string): string => text.toLowerCase().replaceAll('ё', 'е')

export const markedPieces = (text: string, searched: string): Piece[] => {
  const words = fold(searched).split(/\s+/).filter(Boolean)
  const folded = fold(text)
  // A letter whose small form is longer would shift all that follows.
  if (words.length === 0 || folded.length !== text.length) return [{ text, hit: false }]
  const hits = new Uint8Array(text.length)
  for (const word of words)
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) hits.fill(1, at, at + word.length)
  const pieces: Piece[] = []
  for (let at = 0; at < text.length; at++) {
    const hit = hits[at] === 1
    const last = pieces.at(-1)
    if (last?.hit === hit) last.text += text.charAt(at)
    else pieces.push({ text: text.charAt(at), hit })
  }
  return pieces
}
