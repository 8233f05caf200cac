import { onBeforeUnmount, watch } from 'vue'
import { onBeforeRouteLeave, useRoute, useRouter, type LocationQuery, type LocationQueryRaw } from 'vue-router'

const SETTLED = 250

/**
 * Keeps a list's question in the address without a step in the history, so that Back to it brings the same list back.
 * Written once typing has paused: a navigation per key press would cost frames. `read` is told of an address that
 * somebody else chose, never of one that was written here.
 */
export const useAddress = (
  query: () => LocationQueryRaw,
  read: (query: LocationQuery) => void,
): { follow: (event: MouseEvent) => void } => {
  const route = useRoute()
  const router = useRouter()
  const { path, name } = route
  let timer: ReturnType<typeof setTimeout> | undefined
  let own = route.fullPath
  // While another screen is still being fetched, writing the address would call that navigation off.
  let leaving = false

  const write = (): void => {
    timer = undefined
    const to = router.resolve({ path, query: query() })
    if (route.name !== name || to.fullPath === route.fullPath) return
    own = to.fullPath
    void router.replace(to.fullPath)
  }
  watch(
    () => JSON.stringify(query()),
    () => {
      clearTimeout(timer)
      if (!leaving) timer = setTimeout(write, SETTLED)
    },
  )
  watch(
    () => route.fullPath,
    (now) => {
      if (route.name !== name || now === own) return
      own = now
      clearTimeout(timer)
      timer = undefined
      read(route.query)
    },
  )
  // Left before the pause: the entry that is left behind is put right at once. (By Back the entry has changed already.)
  onBeforeRouteLeave(() => {
    leaving = true
    const waiting = timer !== undefined
    clearTimeout(timer)
    timer = undefined
    if (!waiting || location.hash !== `#${route.fullPath}`) return
    const { fullPath } = router.resolve({ path, query: query() })
    history.replaceState({ ...(history.state as object), current: fullPath }, '', `#${fullPath}`)
  })
  const stayed = router.afterEach((_to, _from, failure) => {
    if (failure) leaving = false
  })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    stayed()
  })
  // The plain links of table rows go through the router too: it asks before leaving, the browser would not.
  const follow = (event: MouseEvent): void => {
    const link = (event.target as HTMLElement).closest<HTMLAnchorElement>('a[href^="#/"]')
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    void router.push(link.getAttribute('href')?.slice(1) ?? path)
  }
  return { follow }
}
