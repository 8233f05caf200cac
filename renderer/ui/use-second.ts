import { onScopeDispose, ref, type Ref } from 'vue'

/** Now, moving on every second: for countdowns only. */
export const useSecond = (): Readonly<Ref<number>> => {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 1000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
