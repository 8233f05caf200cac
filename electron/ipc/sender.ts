import type { IpcMainInvokeEvent, WebContents } from 'electron'

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
