import { type SearchKind, searchKinds } from '@shared/domain/dataset-names'
import { sql, trusted, type Query } from './sql'

/**
 * The numbers of search rows: the kind is known before a row is read. The first kinds have one digit to the base of eight,
 * after their entity's row number. The last digit of eight leads to two more, so that there is room for 64 kinds besides,
 * and no number that was ever given changes.
 */
const DIGIT = 8
const SHORT = 5
const LONG = DIGIT - 1
const ROOM = 64

const place = (kind: SearchKind): number => searchKinds.indexOf(kind)
const isShort = (kind: SearchKind): boolean => place(kind) < SHORT

/** How far row numbers of a kind lie apart, and the rest that they leave. */
const stepOf = (kind: SearchKind): number => (isShort(kind) ? DIGIT : DIGIT * ROOM)
const restOf = (kind: SearchKind): number => (isShort(kind) ? place(kind) : (place(kind) - SHORT) * DIGIT + LONG)

export const searchRowid = (kind: SearchKind, rowid: number): number => rowid * stepOf(kind) + restOf(kind)

const number = (value: number): Query => trusted(String(value))
/** Whether a search row is of a kind. */
export const isOfKind = (kind: SearchKind): Query => sql`rowid % ${number(stepOf(kind))} = ${number(restOf(kind))}`
/** The entity's own row number. */
export const entityRowid = (kind: SearchKind): Query => sql`(rowid - ${number(restOf(kind))}) / ${number(stepOf(kind))}`
