import { Menu, nativeImage, Tray, type NativeImage } from 'electron'
import { execFile } from 'node:child_process'
import type { Texts } from '../texts'
import { trayImages } from './tray-images'
import { TrayIcon } from './tray-icon'
import type { TrayActions } from './tray-menu'
import { hasTrayHere } from './tray-support'

interface Setup {
  isStandin: boolean
  texts: () => Texts
  isLocked: () => boolean
  actions: TrayActions
}

const run = (program: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) =>
    execFile(program, args, { timeout: 3000 }, (error, stdout) => (error instanceof Error ? reject(error) : resolve(stdout))),
  )

const imageOf = ({ small, large }: { small: string; large: string }, platform: string): NativeImage => {
  const image = nativeImage.createFromDataURL(small)
  image.addRepresentation({ scaleFactor: 2, dataURL: large })
  if (platform === 'darwin') image.setTemplateImage(true)
  return image
}

/** The tray icon, or null where the desktop would not show one. */
export const makeTray = async (setup: Setup): Promise<TrayIcon | null> => {
  const { platform, env } = process
  if (
    !(await hasTrayHere({
      platform,
      isStandin: setup.isStandin,
      hasBus: Boolean(env['DBUS_SESSION_BUS_ADDRESS'] ?? env['XDG_RUNTIME_DIR']),
      run,
    }))
  )
    return null
  const images = { calm: imageOf(trayImages.calm, platform), due: imageOf(trayImages.due, platform) }
  return new TrayIcon({ ...setup, images, make: (image) => new Tray(image), menuOf: (template) => Menu.buildFromTemplate(template) })
}
