import ru from '@renderer/locales/ru/ui.json'

/** The few words that the dumb components say themselves. Translated by whoever provides the context. */
export const ruTexts = ru
export type UiTextKey = keyof typeof ru
