import { computed, shallowRef, watch, type ComputedRef } from 'vue'

export type Theme = 'light' | 'dark'
interface ThemeChoice {
  value: { theme: 'system' | Theme }
}

const dark = matchMedia('(prefers-color-scheme: dark)')
const systemDark = shallowRef(dark.matches)

/** What the window shows: the person's choice, or the system's while the choice is «as the system». */
export const shownTheme = (preferences: ThemeChoice): ComputedRef<Theme> =>
  computed(() => (preferences.value.theme === 'system' ? (systemDark.value ? 'dark' : 'light') : preferences.value.theme))

/** Keeps the class on <html>, which every colour hangs on, with the choice. */
export const followTheme = (preferences: ThemeChoice): void => {
  dark.addEventListener('change', (event) => (systemDark.value = event.matches))
  const theme = shownTheme(preferences)
  watch(
    theme,
    (now) => {
      document.documentElement.classList.toggle('dark', now === 'dark')
      document.documentElement.classList.toggle('light', now === 'light')
    },
    { immediate: true, flush: 'sync' },
  )
}
