import { EARLIEST_TIME, ID_LENGTH, LARGEST_AMOUNT, LARGEST_QUANTITY, LATEST_TIME, TEXT_LENGTH } from '@shared/domain/bounds'
import type { HypervisorRef, Ref } from '@shared/domain/entities'
import type { Money } from '@shared/domain/money'
import { moneyFrom } from '@shared/domain/money-parse'
import { parsePlatformTime } from '@shared/domain/time'
import { boundedExtra } from './row-extra'
import type { UnreadReason } from './port/reads'

export type Raw = Record<string, unknown>
export const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A field that is there but could not be understood, as the platform names it. */
export interface Fault {
  field: string
  why: UnreadReason
}
/** Thrown where a row is nothing without the field: no id, a note without its client. */
export class UnreadableRow extends Error {
  override readonly name = 'UnreadableRow'
  readonly fault: Fault
  constructor(fault: Fault) {
    super('a row cannot be read')
    this.fault = fault
  }
}

/** Kept of one row: a hostile list of a thousand contacts has a thousand faults. */
const MOST_FAULTS = 20
const DECIMAL = /^-?\d+(\.\d+)?$/

/**
 * Reads one row field by field. What is understood is kept; a field that is missing, null or an empty reference is null;
 * one that is there and makes no sense is null too, and told in `faults`. The row's other fields do not suffer for it.
 */
export class RowReader {
  readonly faults: Fault[]
  readonly #raw: Raw
  readonly #path: string
  readonly #zone: number
  readonly #understood = new Set<string>()

  /** @param zone minutes east of UTC that times without a zone are in. */
  constructor(raw: Raw, zone: number, nested: { faults: Fault[]; path: string } = { faults: [], path: '' }) {
    this.#raw = raw
    this.#zone = zone
    this.faults = nested.faults
    this.#path = nested.path
  }

  /** @throws UnreadableRow where there is none that can be used. */
  id(field = 'id'): string {
    const id = idOf(this.#take(field))
    if (id.ok) return id.value
    throw new UnreadableRow({ field: this.#path + field, why: id.why })
  }

  /** One that is too long is cut, with an ellipsis. */
  text(field: string): string | null {
    const value = this.#take(field)
    if (value === null) return null
    if (typeof value !== 'string') return this.fault(field, 'wrong-type')
    if (value.length <= TEXT_LENGTH) return value
    this.fault(field, 'too-long')
    return `${value.slice(0, TEXT_LENGTH - 1)}…`
  }
  /** A name that the platform does not give is empty: screens show the start of the id instead. */
  name(field = 'name'): string {
    return this.text(field) ?? ''
  }
  flag(field: string): boolean | null {
    const value = this.#take(field)
    return value === null || typeof value === 'boolean' ? value : this.fault(field, 'wrong-type')
  }
  /** A number, or a decimal written as a text. */
  quantity(field: string, least = 0): number | null {
    const value = this.#numeric(field)
    if (value === null) return null
    const number = Number(value)
    return number >= least && number <= LARGEST_QUANTITY ? number : this.fault(field, 'out-of-range')
  }
  /** Of things that are not divided: a quantity without a fraction. */
  count(field: string): number | null {
    const number = this.quantity(field)
    return number === null || Number.isInteger(number) ? number : this.fault(field, 'out-of-range')
  }
  money(field: string): Money | null {
    const value = this.#numeric(field)
    if (value === null) return null
    if (Math.abs(Number(value)) > LARGEST_AMOUNT / 100) return this.fault(field, 'out-of-range')
    return moneyFrom(value)
  }
  /** UTC ms. */
  time(field: string): number | null {
    const value = this.#take(field)
    if (value === null || value === '') return null
    if (typeof value !== 'string') return this.fault(field, 'wrong-type')
    const at = parsePlatformTime(value, this.#zone)
    if (at === null) return this.fault(field, 'not-a-date')
    return at >= EARLIEST_TIME && at < LATEST_TIME ? at : this.fault(field, 'out-of-range')
  }

  /** What another record is referred to by: an object with its id, or the bare id. */
  ref(field: string): Ref | null {
    const value = this.#take(field)
    if (value === null || isEmpty(value)) return null
    const id = idOf(isRaw(value) ? (value['id'] ?? null) : value)
    if (!id.ok) return this.fault(isRaw(value) ? `${field}.id` : field, id.why)
    return { id: id.value, name: isRaw(value) ? this.#inside(value, field).name() : '' }
  }
  hypervisor(field: string): HypervisorRef | null {
    const ref = this.ref(field)
    const raw = this.#raw[field]
    return ref && { ...ref, type: isRaw(raw) ? this.#inside(raw, field).text('type') : null }
  }
  /** A record that lies inside this one; null where there is none. */
  nested(field: string): RowReader | null {
    const value = this.#take(field)
    if (value === null || isEmpty(value)) return null
    return isRaw(value) ? this.#inside(value, field) : this.fault(field, 'wrong-type')
  }
  /** A nested record, or the bare id of one, by `read`; null and told where nothing of it can be used. */
  optional<T>(field: string, read: (record: RowReader) => T): T | null {
    const value = this.#take(field)
    if (value === null || isEmpty(value)) return null
    return this.#read(isId(value) ? { id: value } : value, field, read)
  }
  /** A list inside the row, each element by `read`; one of which nothing can be used is left out and told. */
  list<T>(field: string, read: (element: RowReader) => T, { bareIds = false } = {}): T[] | null {
    return this.values(field, (value, index) =>
      this.#read(bareIds && isId(value) ? { id: value } : value, `${field}.${String(index)}`, read),
    )
  }
  values<T>(field: string, read: (value: unknown, index: number) => T | null): T[] | null {
    const value = this.#take(field)
    if (value === null) return null
    if (!Array.isArray(value)) return this.fault(field, 'wrong-type')
    return value.map(read).filter((element) => element !== null)
  }

  /** For a row that is nothing without the field: with what is wrong with it. */
  unusable(field: string): UnreadableRow {
    const path = this.#path + field
    return new UnreadableRow(this.faults.find((fault) => fault.field === path) ?? { field: path, why: 'missing' })
  }

  /** Tells a field that could not be understood. It stays among the unknown ones, as it came. */
  fault(field: string, why: UnreadReason): null {
    this.#understood.delete(field)
    this.#note({ field: this.#path + field, why })
    return null
  }

  /** Everything that was not read, as it came. `besides` are fields that the console keeps elsewhere, or has no use for. */
  rest(...besides: string[]): Raw {
    const skip = new Set([...this.#understood, ...besides])
    return boundedExtra(this.#raw, skip, (field, why) => this.fault(field, why))
  }

  #take(field: string): unknown {
    this.#understood.add(field)
    return this.#raw[field] ?? null
  }
  #numeric(field: string): number | string | null {
    const value = this.#take(field)
    if (value === null) return null
    if (typeof value === 'number') return Number.isFinite(value) ? value : this.fault(field, 'out-of-range')
    return typeof value === 'string' && DECIMAL.test(value) ? value : this.fault(field, 'wrong-type')
  }
  #read<T>(value: unknown, field: string, read: (record: RowReader) => T): T | null {
    if (!isRaw(value)) return this.fault(field, 'wrong-type')
    try {
      return read(this.#inside(value, field))
    } catch (error) {
      if (!(error instanceof UnreadableRow)) throw error
      this.#note(error.fault)
      return null
    }
  }
  #inside(raw: Raw, field: string): RowReader {
    return new RowReader(raw, this.#zone, { faults: this.faults, path: `${this.#path}${field}.` })
  }
  #note(fault: Fault): void {
    const known = this.faults.some(({ field }) => field === fault.field)
    if (!known && this.faults.length < MOST_FAULTS) this.faults.push(fault)
  }
}

const isId = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number'
const isEmpty = (value: unknown): boolean => isRaw(value) && Object.keys(value).length === 0

type Id = { ok: true; value: string } | { ok: false; why: UnreadReason }
const idOf = (value: unknown): Id => {
  if (value === null || value === '') return { ok: false, why: 'missing' }
  // A larger number has lost its last digits on the way: two records could share it.
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? { ok: true, value: String(value) } : { ok: false, why: 'out-of-range' }
  if (typeof value !== 'string') return { ok: false, why: 'wrong-type' }
  return value.length <= ID_LENGTH ? { ok: true, value } : { ok: false, why: 'too-long' }
}
