import { usePreferences } from '@renderer/api/preferences'
import { loadAllTexts, setLanguage, type I18n } from '@renderer/locales'
import type { WorkspaceAsks } from '@shared/ipc/shell'
import type { Pinia } from 'pinia'
import { createApp } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { followTheme } from './theme'

/** An app of its own in the window's place: nothing of the real one can be asked for before the store is open. */
export const askForKey = async (asks: WorkspaceAsks, { pinia, i18n }: { pinia: Pinia; i18n: I18n }): Promise<void> => {
  const preferences = usePreferences(pinia)
  Object.assign(preferences.value, { language: asks.language, theme: asks.theme, density: 'comfortable' })
  await setLanguage(i18n, asks.language)
  await loadAllTexts(i18n)
  followTheme(preferences)
  const { default: UnlockApp } = await import('./UnlockApp.vue')
  // The library's buttons may be links, and look for a router.
  const nowhere = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { render: () => null } }] })
  await new Promise<void>((opened) => {
    const onOpened = (): void => {
      app.unmount()
      opened()
    }
    const app = createApp(UnlockApp, { start: asks.state, onOpened }).use(pinia).use(i18n).use(nowhere)
    app.mount('#app')
  })
}
