import type { Handlers } from '@shared/ipc/contract'
import type { ConnectionsService } from './service'

export const connectionsHandlers = (service: ConnectionsService): Handlers<'connections'> => ({
  list: () => service.list(),
  test: ({ testId, draft }) => service.test(testId, draft),
  cancelTest: ({ testId }) => {
    service.cancelTest(testId)
    return {}
  },
  add: (draft) => service.add(draft),
  rename: ({ id, name }) => service.rename(id, name),
  setToken: ({ id, token }) => service.setToken(id, token),
  forget: async ({ id, confirmName }) => {
    await service.forget(id, confirmName)
    return {}
  },
  startDemo: () => service.startDemo(),
  atStart: () => service.atStart.state(),
  capabilities: ({ id }) => service.capabilities(id),
  profile: ({ id }) => service.settings.profile(id),
  checkProfile: ({ id, text }) => service.settings.checkProfile(id, text),
  setProfile: ({ id, text }) => service.settings.setProfile(id, text),
  tryProfile: ({ id, text }) => service.settings.tryProfile(id, text),
  describedApi: ({ id }) => service.settings.describedApi(id),
  setZones: ({ id, ...zones }) => service.settings.setZones(id, zones),
})
