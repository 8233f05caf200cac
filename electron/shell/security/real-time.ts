import type { App } from 'electron'

/** A page needs no WebRTC, and its policy for connections does not cover it: without a proxy nothing leaves by it. */
export const guardRealTime = (app: Pick<App, 'on'>): void => {
  app.on('web-contents-created', (_event, contents) => contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp'))
}
