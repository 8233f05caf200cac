import { z } from 'zod'
import { call } from './call'
import { Nothing } from './rows'

export const Preferences = z.object({
  language: z.enum(['ru', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  menuFolded: z.boolean(),
  notifyOwn: z.boolean(),
  notifyColleagues: z.boolean(),
  syncIntervalSeconds: z.int().min(10).max(86_400),
  closeToTrayExplained: z.boolean(),
  recoveryCodeOffered: z.boolean(),
  /** The connection that the screens show; null = none yet. */
  connectionId: z.string().nullable(),
  /** Per table, and per own view of it (`table/view`): hidden columns, their order and widths, and whether it scrolls sideways. */
  tables: z.record(
    z.string().max(60),
    z.object({
      hidden: z.array(z.string()).max(60),
      order: z.array(z.string()).max(60),
      widths: z.record(z.string(), z.number()),
      scroll: z.boolean().optional(),
    }),
  ),
})
export type Preferences = z.infer<typeof Preferences>

export const defaultPreferences: Preferences = {
  language: 'ru',
  theme: 'system',
  density: 'comfortable',
  menuFolded: false,
  notifyOwn: true,
  notifyColleagues: false,
  syncIntervalSeconds: 300,
  closeToTrayExplained: false,
  recoveryCodeOffered: false,
  connectionId: null,
  tables: {},
}

export const preferencesCalls = {
  get: call(Nothing, Preferences),
  set: call(Preferences.partial().strict(), Preferences),
}
