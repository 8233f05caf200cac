import type { AskName, Asks } from '@shared/ipc/host-protocol'
import { AppError } from '@shared/errors'
import type { SecretBox } from '../secrets/secret-box'
import type { DemoProcess } from './demo-process'

type AskHandlers = { [N in AskName]: (input: Asks[N]['input']) => Promise<Asks[N]['output']> }

interface Setup {
  secrets: () => Promise<SecretBox>
  demo: Pick<DemoProcess, 'start' | 'stop'>
  resolveProxy: (url: string) => Promise<string>
  say: (line: string) => void
}

/** What the core may ask of the shell: only what needs Electron or a process of its own. */
export const answerAsks = ({ secrets, demo, resolveProxy, say }: Setup): ((name: AskName, input: unknown) => Promise<unknown>) => {
  const handlers: AskHandlers = {
    wrapSecret: async ({ plain }) => ({ wrapped: await (await secrets()).wrap(plain) }),
    unwrapSecret: async ({ wrapped }) => ({ plain: await (await secrets()).unwrap(wrapped) }),
    startDemo: (input) => demo.start(input),
    stopDemo: async () => {
      await demo.stop()
      return {}
    },
    resolveProxy: async ({ url }) => ({ pac: await resolveProxy(url) }),
    say: ({ line }) => {
      say(line)
      return Promise.resolve({})
    },
  }
  return async (name, input) => {
    if (!Object.hasOwn(handlers, name)) throw new AppError('internal', `the core asks for ${String(name)}`)
    return handlers[name](input as never)
  }
}
