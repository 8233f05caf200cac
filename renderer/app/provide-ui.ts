import { usePreferences } from '@renderer/api/preferences'
import { useText, type TextKey } from '@renderer/locales'
import { uiKey, type UiContext } from '@renderer/ui/context'
import { makeFormat } from '@renderer/ui/format'
import { computed, onScopeDispose, provide, ref } from 'vue'
import { shownTheme } from './theme'

const TICK = 5000

/** Gives the dumb components the window's words, language, theme and clock. */
export const provideUi = (): UiContext => {
  const preferences = usePreferences()
  const t = useText()
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), TICK)
  onScopeDispose(() => clearInterval(timer))
  const context: UiContext = {
    language: computed(() => preferences.value.language),
    theme: shownTheme(preferences),
    density: computed(() => preferences.value.density),
    now,
    text: (key, named, plural) => t(`ui.${key}` as TextKey, named, plural),
    list: (dataset) => t(`states.dataset.${dataset}` as TextKey),
    format: makeFormat(() => preferences.value.language),
  }
  provide(uiKey, context)
  return context
}
