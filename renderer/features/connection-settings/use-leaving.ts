import { ref, type Ref } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate, useRouter, type RouteLocationRaw } from 'vue-router'

/** Asks before a screen is left with changes that are kept nowhere. */
export const useLeaving = (unsaved: Readonly<Ref<boolean>>) => {
  const router = useRouter()
  const asking = ref(false)
  let wanted: RouteLocationRaw | null = null
  let agreed = false
  const guard = (to: { fullPath: string }): boolean => {
    if (agreed || !unsaved.value) return true
    wanted = to.fullPath
    asking.value = true
    return false
  }
  onBeforeRouteLeave(guard)
  onBeforeRouteUpdate(guard)
  const leave = (): void => {
    agreed = true
    asking.value = false
    if (wanted !== null) void router.push(wanted)
  }
  return { asking, leave }
}
