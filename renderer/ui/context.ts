import { computed, inject, ref, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { makeFormat, type Format, type Language } from './format'
import ru from '@renderer/locales/ru/ui.json'

/** What the dumb components take from the window around them: words, language, theme and the clock. */
export interface UiContext {
  language: Readonly<Ref<Language>>
  theme: Readonly<Ref<'light' | 'dark'>>
  density: Readonly<Ref<'comfortable' | 'compact'>>
  /** Now, in ms, moving on every few seconds. */
  now: Readonly<Ref<number>>
  text: (key: UiTextKey, named?: Record<string, unknown>, plural?: number) => string
  /** What a synced list is called: «Серверы». */
  list: (dataset: string) => string
  format: Format
}
export const uiKey: InjectionKey<UiContext> = Symbol('ui')

const fallback = (): UiContext => ({
  language: ref('ru'),
  theme: ref('light'),
  density: ref('comfortable'),
  now: ref(Date.now()),
  text: (key, named = {}) => ruTexts[key].replace(/\{(\w+)\}/g, (_, name: string) => String(named[name])),
  list: (dataset) => dataset,
  format: makeFormat(() => 'ru'),
})

/** The window's context; Russian and light where nothing provides one (a component under test). */
export const useUi = (): UiContext => inject(uiKey, fallback, true)
/** Numbers, money and moments in the chosen language: reactive where it is called in a template or computed. */
export const useFormat = (): Format => useUi().format
/** The row height of every table. */
export const useRowHeight = (): ComputedRef<number> => {
  const ui = useUi()
  return computed(() => (ui.density.value === 'compact' ? 28 : 36))
}

/** The few words that the dumb components say themselves. Translated by whoever provides the context. */
export const ruTexts = ru
export type UiTextKey = keyof typeof ru
