import { addCollection, _api as iconify } from '@iconify/vue'
import { useReadAhead } from '@renderer/api/read-ahead'
import { readDashboardAhead } from '@renderer/features/dashboard/read-ahead'
import { useConnections } from '@renderer/api/connections'
import { useCounts } from '@renderer/api/counts'
import { api, on } from '@renderer/api/client'
import { usePreferences } from '@renderer/api/preferences'
import { useSync } from '@renderer/api/sync'
import { loadAllTexts, loadUsualLanguage, makeI18n, setLanguage } from '@renderer/locales'
import { registerIcons } from '@renderer/ui/icons'
import { whenSettled } from '@renderer/ui/timing'
import type { WorkspaceAsks } from '@shared/ipc/shell'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import type { Router } from 'vue-router'
import App from './App.vue'
import { catchErrors } from './errors'
import { followConnections } from './follow-connections'
import { followRecords } from './follow-records'
import icons from './icons.gen.json'
import { firstAddress, loadFirstScreen, makeRouter } from './router'
import { followTheme } from './theme'

/** Answers that come within this time are part of the first picture; a second one costs more than that. */
const PICTURE_WAITS_MS = 50

/** Nothing is mounted before the person's language and theme are known: no flash of the wrong one. */
export const startApp = async (body: HTMLElement): Promise<void> => {
  addCollection(icons)
  iconify.setFetch(() => Promise.reject(new Error('icons come from the bundle only')))
  registerIcons(icons)
  const pinia = createPinia()
  const i18n = makeI18n()
  const app = createApp(App).use(pinia).use(i18n)
  const preferences = usePreferences(pinia)
  const connections = useConnections(pinia)
  const pages = makeRouter({ hasConnection: () => connections.rows.length > 0, loadTexts: () => loadAllTexts(i18n) })
  loadUsualLanguage()
  loadFirstScreen(pages)
  let router: Router | null = null
  followConnections({ connections, sync: useSync(pinia), router: () => router })
  try {
    const load = () => Promise.all([preferences.load(), connections.load()])
    const asks = await askedInstead(load())
    if (asks !== null) {
      const { askForKey } = await import('./ask-for-key')
      await askForKey(asks, { pinia, i18n })
      await load()
    }
    const ahead = useReadAhead(pinia)
    if (connections.currentId !== null && pages.resolve(firstAddress()).name === 'dashboard')
      readDashboardAhead(ahead, connections.currentId)
    const state = Promise.allSettled([useSync(pinia).load(), useCounts(pinia).load()])
    await setLanguage(i18n, preferences.value.language)
    if (asks === null) followTheme(preferences)
    router = pages
    catchErrors(app, pages)
    followRecords(pages, connections)
    app.use(pages)
    on('navigate', ({ to }) => void pages.push(to))
    preferences.followLanguage((language) => void setLanguage(i18n, language))
    // One first picture: window and screen together are laid out once, and the screen's code is on its way already.
    await pages.isReady().catch(() => undefined)
    // What comes in time stands in it; what does not is not waited for.
    await Promise.race([Promise.all([state, ahead.settled()]), new Promise((late) => setTimeout(late, PICTURE_WAITS_MS))])
    app.mount('#app')
    whenSettled(() => void loadAllTexts(i18n))
  } catch (error) {
    await setLanguage(i18n, 'ru')
    const { showFatal } = await import('./fatal')
    showFatal(body, error, i18n.global.t)
  }
}

/** Nothing, once what the window needs is there; or what a person must give first. Asked at the same time: a window that needs nothing waits for nothing. */
const askedInstead = async (loaded: Promise<unknown>): Promise<WorkspaceAsks | null> => {
  const nothing = loaded.then(() => null)
  const asks = api.shell.workspace({}).then((found) => (found.state === 'ready' || found.state === 'temporary' ? nothing : found))
  nothing.catch(() => undefined)
  return Promise.race([nothing, asks])
}
