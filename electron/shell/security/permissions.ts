import type { App, Session } from 'electron'

type Guarded = Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'on'>

/** The page needs no permission of the browser's kind: whatever it asks for is denied, and it downloads nothing. */
export const denyPermissions = (session: Guarded): void => {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}

/** A page needs no WebRTC, and its policy for connections does not cover it: without a proxy nothing leaves by it. */
export const guardRealTime = (app: Pick<App, 'on'>): void => {
  app.on('web-contents-created', (_event, contents) => contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp'))
}
