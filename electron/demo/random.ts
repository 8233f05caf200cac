/** A small deterministic generator (sfc32): the same parts always give the same stream, on every machine. */
export interface Random {
  next(): number
  int(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  weighted<T>(choices: readonly (readonly [T, number])[]): T
  hex(length: number): string
  uuid(): string
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** FNV-1a over the parts, with a different start for each of the four words of the state. */
function hash(text: string, start: number): number {
  let value = start
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return (value ^ (value >>> 15)) >>> 0
}

function words(parts: readonly (string | number)[]): () => number {
  const text = parts.join('\u0001')
  let a = hash(text, 0x811c9dc5)
  let b = hash(text, 0x9e3779b9)
  let c = hash(text, 0x85ebca6b)
  let count = 1
  const word = () => {
    const sum = (a + b + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  for (let round = 0; round < 8; round++) word()
  return word
}

function hexOf(word: number): string {
  return `${HEX[word >>> 24]}${HEX[(word >>> 16) & 255]}${HEX[(word >>> 8) & 255]}${HEX[word & 255]}`
}

function uuidOf(word: () => number): string {
  const head = hexOf(word())
  const middle = hexOf(word())
  const clock = hexOf(((word() & 0x3fffffff) | 0x80000000) >>> 0)
  return `${head}-${middle.slice(0, 4)}-4${middle.slice(5)}-${clock.slice(0, 4)}-${clock.slice(4)}${hexOf(word())}`
}

export function seededRandom(...parts: readonly (string | number)[]): Random {
  const word = words(parts)
  const next = () => word() / 0x100000000
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => list[int(0, list.length - 1)]!,
    weighted: (choices) => {
      let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [value, weight] of choices) if ((left -= weight) < 0) return value
      return choices[choices.length - 1]![0]
    },
    hex: (length) => {
      let text = ''
      while (text.length < length) text += hexOf(word())
      return text.slice(0, length)
    },
    uuid: () => uuidOf(word),
  }
}
