import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { calls, channelOf } from '@shared/ipc/channels'
import type { Result } from '@shared/ipc/call'

export type Answer = (event: IpcMainInvokeEvent, to: { domain: string; name: string }, input: unknown) => Promise<Result<unknown>>

/**
 * One channel for each call of the contract, open before the first page is. What answers is loaded after the window is
 * on its way (the schemas are the largest thing in the program): a call that comes sooner waits.
 */
export const registerCalls = (ipcMain: Pick<IpcMain, 'handle'>, answer: () => Promise<Answer>): void => {
  for (const [domain, names] of Object.entries(calls)) {
    for (const name of names)
      ipcMain.handle(channelOf(domain, name), async (event, input: unknown) => (await answer())(event, { domain, name }, input))
  }
}

interface Rules {
  owns: (contents: WebContents) => boolean
  isAppUrl: (url: string) => boolean
}

/** Whether a message comes from the main frame of one of our windows, showing one of our pages. */
export const isTrustedSender = (event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>, { owns, isAppUrl }: Rules): boolean => {
  const { sender, senderFrame } = event
  return (
    senderFrame !== null && owns(sender) && senderFrame === sender.mainFrame && senderFrame.parent === null && isAppUrl(senderFrame.url)
  )
}
