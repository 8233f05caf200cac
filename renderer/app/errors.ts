import { ApiError } from '@renderer/api/client'
import { shallowRef, type App } from 'vue'
import type { Router } from 'vue-router'

/** The last error that nobody handled: the window shows it above the page and stays usable. */
export const unhandled = shallowRef<ApiError | null>(null)

const report = (error: unknown): void => {
  const known = ApiError.from(error)
  if (known.code === 'cancelled') return
  // Kept for the developer tools and the program's log; the person sees words chosen by the code.
  console.error(error)
  unhandled.value = known
}

export const catchErrors = (app: App, router: Router): void => {
  app.config.errorHandler = report
  router.onError(report)
  addEventListener('unhandledrejection', (event) => {
    event.preventDefault()
    report(event.reason)
  })
}
