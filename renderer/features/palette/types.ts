import type { TextKey } from '@renderer/locales'
import type { Money } from '@shared/domain/money'

export interface PaletteItem {
  key: string
  icon: string
  label: string
  hint: string
  keys?: string[]
  balance?: Money | null
  /** The connection of a record, where there are several. */
  owner?: { name: string; color: string }
  /** Why it is off, in words; an item that is off stays readable and does nothing. */
  reason?: string
  run: () => void
}
/** A screen that can be gone to. */
export interface PaletteScreen {
  to: string
  label: TextKey
  icon: string
  keys?: string[]
  under?: TextKey
}
export interface PaletteGroup {
  key: string
  title: string
  aside: string
  items: PaletteItem[]
}
