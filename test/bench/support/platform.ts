import { startPlatformProcess, type RunningPlatform } from '../../e2e/support/platform-process'

/** The demo platform as a person starts it: the built program in its own process, its clock stopped. */
export const startPlatform = async (clients: number): Promise<RunningPlatform> => {
  const platform = await startPlatformProcess({ port: 0, clients, seed: 7, 'page-size': 500, speed: 0 })
  process.once('exit', () => void platform.kill9())
  return platform
}
