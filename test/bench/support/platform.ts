import { startPlatformProcess, type RunningPlatform } from '../../e2e/support/platform-process'

/** The demo platform as a person starts it: the built program in its own process, its clock stopped. */
export const startPlatform = (clients: number): Promise<RunningPlatform> =>
  startPlatformProcess({ port: 0, clients, seed: 7, 'page-size': 500, speed: 0 })
