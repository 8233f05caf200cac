import { createRouter, createWebHashHistory, type Router } from 'vue-router'
import { routes } from './screens'

declare module 'vue-router' {
  interface RouteMeta {
    /** Stands alone, without menu and top bar. */
    bare?: boolean
  }
}

export const firstAddress = (): string => location.hash.slice(1) || '/'

/** Begins to load the code of the screen that the window will open with. */
export const loadFirstScreen = (router: Router): void => {
  for (const { components } of router.resolve(firstAddress()).matched)
    for (const component of Object.values(components ?? {}))
      if (typeof component === 'function') void (component as () => Promise<unknown>)()
}

/** Until there is a connection, every address leads to the welcome screen. */
export const makeRouter = ({ hasConnection, loadTexts }: { hasConnection: () => boolean; loadTexts: () => Promise<void> }): Router => {
  const router = createRouter({ history: createWebHashHistory(), routes })
  router.beforeEach((to) => (hasConnection() || to.name === 'connect' || to.name === 'settings' ? true : { name: 'connect' }))
  router.beforeResolve(async (to) => {
    if (to.name !== 'dashboard') await loadTexts()
  })
  return router
}
