import { EventEmitter } from 'node:events'

/** Asked for by the language itself (await, JSON, printing), never by a person: no reason to be loud. */
const quiet = new Set<string | symbol>(['then', 'toJSON', 'domain', 'inspect'])

/** Wraps an object so that anything which Electron has and the stand-in lacks throws by its name, at the first touch. */
export const loud = <T extends object>(name: string, target: T): T =>
  new Proxy(target, {
    get(object, key, receiver) {
      if (typeof key === 'symbol' || key in object || quiet.has(key)) return Reflect.get(object, key, receiver) as unknown
      throw new Error(`the stand-in does not implement ${name}.${key}`)
    },
  })

/** An emitter that refuses to listen for events which the stand-in will never emit. */
export class LoudEmitter extends EventEmitter {
  private readonly owner: string
  private readonly known: ReadonlySet<string>

  constructor(owner: string, known: readonly string[]) {
    super()
    this.owner = owner
    this.known = new Set(known)
  }
  override on(event: string, listener: (...args: never[]) => void): this {
    if (!this.known.has(event)) throw new Error(`the stand-in never emits ${this.owner} '${event}'`)
    return super.on(event, listener as (...args: unknown[]) => void)
  }
  override addListener(event: string, listener: (...args: never[]) => void): this {
    return this.on(event, listener)
  }
  override once(event: string, listener: (...args: never[]) => void): this {
    if (!this.known.has(event)) throw new Error(`the stand-in never emits ${this.owner} '${event}'`)
    return super.once(event, listener as (...args: unknown[]) => void)
  }
}

/** Options that a constructor was given and that the stand-in would silently ignore are refused as well. */
export const onlyKnown = (what: string, options: object, known: readonly string[]): void => {
  const strange = Object.keys(options).find((key) => !known.includes(key))
  if (strange !== undefined) throw new Error(`the stand-in does not implement the option ${strange} of ${what}`)
}

/** What Electron hands to listeners that may say no. */
export interface Preventable {
  defaultPrevented: boolean
  preventDefault(): void
}
export const preventable = <T extends object>(more: T): T & Preventable => ({
  ...more,
  defaultPrevented: false,
  preventDefault() {
    this.defaultPrevented = true
  },
})
