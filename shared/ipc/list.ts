import { z } from 'zod'
import { MOST_FILTERS, MOST_TEXT, MOST_VALUES, type FilterSpec, type ListSpec, type QueryOf } from '../domain/list-spec'
import { Money } from '../domain/entities/fields'
import { MOST_CHOSEN } from '../domain/selection'
import { call } from './call'
import { AsOf, Id, Missing, Moment, windowInput } from './rows'

type Condition = z.ZodObject<{ field: z.ZodLiteral<string> }>

const conditionOf = (field: string, { kind, of }: FilterSpec): Condition[] => {
  const condition = <Shape extends z.ZodRawShape>(shape: Shape): Condition[] => [z.strictObject({ field: z.literal(field), ...shape })]
  switch (kind) {
    case 'choice':
      return condition({
        ids: z
          .array(of ? z.enum(of) : Id)
          .min(1)
          .max(MOST_VALUES),
      })
    case 'number':
    case 'money':
      return condition({ min: z.int().nullable(), max: z.int().nullable() })
    case 'days':
      return condition({ from: Moment.nullable(), to: Moment.nullable() })
    case 'text':
      return condition({ text: z.string().min(1).max(MOST_TEXT) })
    case 'own':
      return []
  }
}

/** The question that a list is asked, checked by its declaration; `own` are the conditions that only this list knows. */
export const queryOf = <const S extends ListSpec, Own = never>(spec: S, own: readonly z.ZodType<Own>[] = []) => {
  const conditions = Object.entries(spec.filters).flatMap(([field, filter]) => conditionOf(field, filter))
  const [first, ...others] = [...conditions, ...(own as unknown as Condition[])]
  const filter = first === undefined ? z.never() : z.discriminatedUnion('field', [first, ...others])
  const query = z.strictObject({
    connectionId: Id.nullable(),
    view: z.enum(spec.views),
    text: z.string().max(MOST_TEXT),
    filters: z.array(filter).max(MOST_FILTERS),
    sort: z.strictObject({ by: z.enum(spec.sorts), desc: z.boolean() }),
  })
  return query as unknown as z.ZodType<QueryOf<S, Own>, QueryOf<S, Own>>
}

/** Stands among the rows before those of a day, where a list goes by days: how many they are and what they come to. */
export const DayHead = z.object({
  connectionId: z.literal(''),
  id: z.string(),
  /** Midnight of this computer's day; null = rows without a moment. */
  day: Moment.nullable(),
  count: z.number(),
  /** null = a part of it is not known. */
  sums: z.array(Money).nullable(),
})
export type DayHead = z.infer<typeof DayHead>

/** A list's own call: a window of its rows, and what stands under all of them. */
export const listOf = <Query, Row extends z.ZodType, Totals extends z.ZodType, More extends z.ZodRawShape = Record<never, never>>(
  query: z.ZodType<Query, Query>,
  { row, totals, more }: { row: Row; totals: Totals; more?: More },
) =>
  call(
    z.strictObject({
      query,
      ...windowInput,
      /** Adding up a long list takes longer than showing its first rows: only if that was done already. */
      totals: z.literal('if-known').optional(),
    }),
    z.object({
      rows: z.array(row),
      /** How many lines there are, heads of days included; of rows alone `count`. */
      total: z.number(),
      count: z.number(),
      /** Over everything that the query shows, not only this window; null = not added up yet, and only asked for if known. */
      totals: totals.nullable(),
      asOf: AsOf,
      /** Of the names that come from other lists, where those are older or were not read. */
      names: AsOf.nullable(),
      /** Another one after each write to what the list is made of: rows and totals of different ones do not belong together. */
      version: z.string(),
      /** Lists that the conditions stand on and that were never read to their end: nobody meets such a condition so far. */
      lacking: z.array(Missing),
      ...(more ?? ({} as More)),
    }),
  )

/**
 * Which of the rows that a query shows are meant: these, or all but these. By connection: two platforms may give two
 * rows the same id. What is not named need not be known to the page, so a selection of any list fits into a message.
 */
export const RowSelection = z.strictObject({
  mode: z.enum(['some', 'allExcept']),
  rows: z.array(z.strictObject({ connectionId: Id, ids: z.array(Id).max(MOST_CHOSEN) })).max(100),
})
export type RowSelection = z.infer<typeof RowSelection>

export const FilterOption = z.object({ id: Id, name: z.string(), count: z.number() })
export type FilterOption = z.infer<typeof FilterOption>

/** One column of a file: which field of the row, what it is called, and the words for its values where they are codes. */
export const FileColumn = z.strictObject({
  /** `planName`; of an object inside the row: `tightest.use`. */
  field: z.string().max(60),
  /** `code`: the words' keys are beginnings of the values, large and small letters alike. */
  as: z.enum(['text', 'code', 'number', 'money', 'currency', 'day', 'moment']),
  title: z.string().max(200),
  words: z.record(z.string().max(60), z.string().max(200)).optional(),
})
export type FileColumn = z.infer<typeof FileColumn>
