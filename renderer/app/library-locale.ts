import { usePreferences } from '@renderer/api/preferences'
import ruLocale from '@nuxt/ui/runtime/locale/ru.js'
import enLocale from '@nuxt/ui/runtime/locale/en.js'
import { computed } from 'vue'

/** The words that the component library says itself (close, previous month…). */
export const useLibraryLocale = () => {
  const preferences = usePreferences()
  return computed(() => (preferences.value.language === 'ru' ? ruLocale : enLocale))
}
