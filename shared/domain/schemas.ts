import { z } from 'zod'
import { limitTypes, usageStates } from './limits'
import type { Money as MoneyAmount } from './money'

/**
 * Checks for the domain's own kinds, for the borders that data crosses. They stand apart from the rules, because the
 * window uses the rules and has no use for the library that checks.
 */
export const Money = z.object({ minor: z.int(), currency: z.string() }) satisfies z.ZodType<MoneyAmount>
export const LimitType = z.enum(limitTypes)
export const UsageState = z.enum(usageStates)
