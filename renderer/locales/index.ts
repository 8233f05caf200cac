import { toRaw } from 'vue'
import { createI18n, useI18n } from 'vue-i18n'
import type { ru } from './ru'
import type { ruRest } from './ru-rest'
import type { Language } from './language'

export type { Language } from './language'
type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : T[K] extends object ? `${K}.${Leaves<T[K]>}` : never }[keyof T &
  string]
/** Every key of the Russian texts, `namespace.key`: what `t` takes. */
export type TextKey = Leaves<typeof ru & typeof ruRest>
export type Translate = (key: TextKey, named?: Record<string, unknown>, plural?: number) => string

/** one | few | many, as Russian counts; two forms are one | other. */
export const russianPlural = (count: number, forms: number): number => {
  const n = Math.abs(Math.trunc(count))
  if (forms === 2) return n % 10 === 1 && n % 100 !== 11 ? 0 : 1
  if (n % 10 === 1 && n % 100 !== 11) return 0
  return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2
}

const first = {
  ru: async () => (await import('./ru')).ru,
  en: async () => (await import('./en')).en,
} satisfies Record<Language, () => Promise<typeof ru>>
const rest = {
  ru: async () => (await import('./ru-rest')).ruRest,
  en: async () => (await import('./en-rest')).enRest,
} satisfies Record<Language, () => Promise<typeof ruRest>>

export const makeI18n = () =>
  createI18n({
    legacy: false,
    locale: 'ru',
    fallbackLocale: 'ru',
    messages: {},
    pluralRules: { ru: russianPlural },
    missingWarn: true,
    fallbackWarn: false,
  })
export type I18n = ReturnType<typeof makeI18n>

/** Begins to load the texts that most people read: which ones the person chose is known only a moment later. */
export const loadUsualLanguage = (): void => void first.ru()

const isWhole = ({ global }: I18n, language: string): boolean => 'client' in global.getLocaleMessage(language)

const loadTexts = async (i18n: I18n, language: Language, whole: boolean): Promise<void> => {
  const { global } = i18n
  if (isWhole(i18n, language) || (!whole && global.availableLocales.includes(language))) return
  const [own, others] = await Promise.all([first[language](), whole ? rest[language]() : null])
  if (!isWhole(i18n, language)) global.setLocaleMessage(language, { ...own, ...others })
}

/** Loads the language's texts, then switches to it: nothing is ever shown half translated. */
export const setLanguage = async (i18n: I18n, language: Language): Promise<void> => {
  const needsAll = (): boolean => i18n.global.availableLocales.some((known) => isWhole(i18n, known))
  await loadTexts(i18n, language, needsAll())
  // They may have become needed meanwhile.
  await loadTexts(i18n, language, needsAll())
  i18n.global.locale.value = language
  document.documentElement.lang = language
}

/** The texts of every screen, in the language that is shown: awaited before any screen but the dashboard. */
export const loadAllTexts = async (i18n: I18n): Promise<void> => {
  const shown = (): Language => i18n.global.locale.value as Language
  while (!isWhole(i18n, shown())) await loadTexts(i18n, shown(), true)
}

/** A message with nothing to put in and nothing to choose. */
const PLAIN = /^[^{}@|\\]*$/
const plainTexts = new WeakMap<object, Map<string, string | null>>()
/** The words behind a key that need no making: most texts of a screen. null = the library makes them. */
const plainText = (texts: object, key: string): string | null => {
  const known = plainTexts.get(texts) ?? new Map<string, string | null>()
  plainTexts.set(texts, known)
  const found = known.get(key)
  if (found !== undefined) return found
  const text = key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], texts)
  const plain = typeof text === 'string' && PLAIN.test(text) ? text : null
  known.set(key, plain)
  return plain
}

/** `t('menu.clients')`, `t('units.clients', { n: f.num(total) }, total)`: keys are checked by the compiler. */
export const useText = (): Translate => {
  const i18n = useI18n()
  const { t, locale } = i18n
  return (key, named = {}, plural) =>
    plainText(toRaw(i18n.getLocaleMessage(locale.value)), key) ?? (plural === undefined ? t(key, named) : t(key, named, plural))
}
