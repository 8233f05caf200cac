import type { Handlers } from '@shared/ipc/contract'
import type { Preferences } from '@shared/ipc/preferences'
import type { PreferencesService } from './service'

export const preferencesHandlers = (service: PreferencesService): Handlers<'preferences'> => ({
  get: () => service.get(),
  set: (change) => service.set(change as Partial<Preferences>),
})
