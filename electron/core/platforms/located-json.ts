/** A mistake of the text itself, by its offset. */
export interface JsonFault {
  at: number
  reason: 'not-json' | 'duplicate'
  path: string
}
export interface LocatedJson {
  value: unknown
  /** Where each value begins, and each name of an object, by `paths.notes`. */
  places: ReadonlyMap<string, number>
  faults: JsonFault[]
}

/** A document that a person wrote is no deeper; a hostile one would exhaust the stack. */
const DEEPEST = 20
const LITERALS: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const BLANK = /[ \t\r\n]*/y

class Stop extends Error {
  readonly at: number
  constructor(at: number) {
    super('not JSON')
    this.at = at
  }
}

/** JSON with the place of everything in it: what `JSON.parse` does not tell. */
class Parser {
  readonly places = new Map<string, number>()
  readonly faults: JsonFault[] = []
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): unknown {
    const value = this.#value('', 0)
    this.#blank()
    if (this.#at < this.#text.length) throw new Stop(this.#at)
    return value
  }

  #value(path: string, depth: number): unknown {
    this.#blank()
    if (!this.places.has(path)) this.places.set(path, this.#at)
    if (depth > DEEPEST) throw new Stop(this.#at)
    const letter = this.#text[this.#at]
    if (letter === '{') return this.#object(path, depth)
    if (letter === '[') return this.#array(path, depth)
    if (letter === '"') return this.#string()
    const literal = LITERALS.find(([word]) => this.#text.startsWith(word, this.#at))
    if (literal) {
      this.#at += literal[0].length
      return literal[1]
    }
    return Number(this.#take(NUMBER))
  }

  #object(path: string, depth: number): Record<string, unknown> {
    const entries = new Map<string, unknown>()
    this.#members('}', () => {
      const at = this.#at
      const name = this.#string()
      const inner = path === '' ? name : `${path}.${name}`
      if (entries.has(name)) this.faults.push({ at, reason: 'duplicate', path: inner })
      this.places.set(inner, at)
      this.#expect(':')
      entries.set(name, this.#value(inner, depth + 1))
    })
    // A name may be __proto__: assigning it would set something else.
    return Object.fromEntries(entries)
  }

  #array(path: string, depth: number): unknown[] {
    const values: unknown[] = []
    this.#members(']', () => {
      values.push(this.#value(`${path}.${String(values.length)}`, depth + 1))
    })
    return values
  }

  #members(end: string, one: () => void): void {
    this.#at++
    this.#blank()
    if (this.#text[this.#at] === end) {
      this.#at++
      return
    }
    for (;;) {
      this.#blank()
      one()
      this.#blank()
      if (this.#text[this.#at] === end) break
      this.#expect(',')
    }
    this.#at++
  }

  #string(): string {
    return JSON.parse(this.#take(STRING)) as string
  }
  #expect(letter: string): void {
    this.#blank()
    if (this.#text[this.#at] !== letter) throw new Stop(this.#at)
    this.#at++
  }
  #blank(): void {
    this.#take(BLANK)
  }
  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found === undefined) throw new Stop(this.#at)
    this.#at += found.length
    return found
  }
}

/** A text that breaks off has no value; what was read of it has its places all the same. */
export const parseLocated = (text: string): LocatedJson => {
  const parser = new Parser(text)
  try {
    return { value: parser.document(), places: parser.places, faults: parser.faults }
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    return { value: undefined, places: parser.places, faults: [...parser.faults, { at: error.at, reason: 'not-json', path: '' }] }
  }
}

/** Counted from 1, as editors do. */
export const placeOf = (text: string, offset: number): { line: number; column: number } => {
  const before = text.slice(0, offset)
  const start = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - start + 1 }
}
