import type { Money } from '@shared/domain/money'
import { moneyFrom } from '@shared/domain/money-parse'
import { parsePlatformTime } from '@shared/domain/platform-time'
import type { HypervisorRef, Ref } from '@shared/domain/entities'

export type Raw = Record<string, unknown>

/** Gives the fields of an inferred object the console's names: `{alertAt: 'alert_time'}` read backwards. */
export const renamed = (raw: unknown, names: Readonly<Record<string, string>>): Raw => {
  if (typeof raw !== 'object' || raw === null) return {}
  const source = raw as Raw
  const ours = Object.fromEntries(Object.entries(names).map(([own, theirs]) => [own, source[theirs]]))
  return { ...ours, id: source['id'] }
}

/** Everything that the console has no name for, as it came. `read` are the names on the wire that it has understood. */
export const extraOf = (raw: unknown, read: ReadonlySet<string>): Raw => {
  const extra: Raw = {}
  for (const [key, value] of Object.entries(raw as Raw)) if (!read.has(key)) extra[key] = value
  return extra
}

/** A time that is there but makes no sense is as good as unreadable. */
export const timeOf = (text: string | null | undefined, utcOffsetMinutes: number): number | null => {
  if (text === null || text === undefined || text === '') return null
  const at = parsePlatformTime(text, utcOffsetMinutes)
  if (at === null) throw new RangeError(`not a time: ${text.slice(0, 40)}`)
  return at
}

export const moneyOf = (value: number | string | null | undefined): Money | null =>
  value === null || value === undefined ? null : moneyFrom(value)

interface RefDto {
  id: string
  name?: string | null | undefined
}
export const refOf = (ref: RefDto | null | undefined): Ref | null => (ref ? { id: ref.id, name: ref.name ?? '' } : null)
export const hypervisorOf = (ref: RefDto & { type?: string | null | undefined }): HypervisorRef => ({
  id: ref.id,
  name: ref.name ?? '',
  type: ref.type ?? null,
})
