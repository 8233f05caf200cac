import { z } from 'zod'
import { EARLIEST_TIME, ID_LENGTH, LARGEST_AMOUNT, LARGEST_QUANTITY, LATEST_TIME, TEXT_LENGTH } from '../bounds'
import { limitTypes, usageStates } from '../limits'
import type { Money as MoneyAmount } from '../money'

/**
 * The fields that entities are made of, with the bounds of the contract. Ids are opaque strings, times are UTC
 * milliseconds, sizes are GB, speeds Mbit/s. null = the platform did not say, or not in a way that can be read.
 */
export const Id = z.string().min(1).max(ID_LENGTH)
export const Text = z.string().max(TEXT_LENGTH)
export const Time = z.int().min(EARLIEST_TIME).lt(LATEST_TIME)
export const Quantity = z.number().min(0).max(LARGEST_QUANTITY)
export const Count = z.int().min(0).max(LARGEST_QUANTITY)
/** An amount in whole minor units (kopecks) of one currency. */
export const Amount = z.object({ minor: z.int().min(-LARGEST_AMOUNT).max(LARGEST_AMOUNT), currency: z.string().max(ID_LENGTH) })

/** What another record is referred to by; a name that the platform does not give is empty (screens show the start of the id). */
export const Ref = z.object({ id: Id, name: Text })
export type Ref = z.infer<typeof Ref>
export const HypervisorRef = Ref.extend({ type: Text.nullable() })
export type HypervisorRef = z.infer<typeof HypervisorRef>

/** Every entity has an id of its own; `extra` keeps each field that the console does not know, as it came. */
export const entity = <T extends z.ZodRawShape>(shape: T) => z.object({ id: Id, ...shape, extra: z.record(z.string(), z.unknown()) })

/**
 * Checks for the domain's own kinds, for the borders that data crosses. They stand apart from the rules, because the
 * window uses the rules and has no use for the library that checks.
 */
export const Money = z.object({ minor: z.int(), currency: z.string() }) satisfies z.ZodType<MoneyAmount>
export const LimitType = z.enum(limitTypes)
export const UsageState = z.enum(usageStates)
