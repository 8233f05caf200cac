import { EventEmitter } from 'node:events'
import type { App, MenuItemConstructorOptions, NotificationConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import type { AlertNotification, TrayState } from '@shared/ipc/host-protocol'
import { applicationMenu } from '../../electron/shell/application-menu'
import { Closing } from '../../electron/shell/closing'
import { readCommandLine } from '../../electron/shell/command-line'
import { leaveGracefully } from '../../electron/shell/leaving'
import { Notifier } from '../../electron/shell/notifier'
import { ScreenLock } from '../../electron/shell/screen-lock'
import { textsIn } from '../../electron/shell/texts'
import { trayMenu } from '../../electron/shell/tray/tray-menu'
import { hasTrayHere } from '../../electron/shell/tray/tray-support'
import { clampToDisplays } from '../../electron/shell/windows/window-state'

const texts = textsIn('ru')
const alert = { connectionId: 'c 1', noteId: 'n1', clientId: 'k/1', clientName: 'ООО «Ромашка»', text: 'Позвонить', dueAt: 1 }
const address = '/clients/c%201/k%2F1?tab=notes&note=n1'

describe('notifications', () => {
  const shown = (notification: AlertNotification, locked = false) => {
    const made: { options: NotificationConstructorOptions; emitter: EventEmitter }[] = []
    const goTo = vi.fn()
    const make = (options: NotificationConstructorOptions) => {
      const emitter = Object.assign(new EventEmitter(), { show: () => undefined })
      made.push({ options, emitter })
      return emitter as never
    }
    new Notifier({ isSupported: () => true, make, texts: () => texts, isLocked: () => locked, goTo, log: () => undefined }).alert(
      notification,
    )
    return { made, goTo }
  }

  it('name the client and the note, and lead there', () => {
    const { made, goTo } = shown({ alerts: [alert], missed: false })
    expect(made.map(({ options }) => options)).toEqual([{ title: 'ООО «Ромашка»', body: 'Позвонить' }])
    made[0]?.emitter.emit('click')
    expect(goTo).toHaveBeenCalledExactlyOnceWith(address)
  })

  it('of what was missed come as one, and lead to the list', () => {
    const { made, goTo } = shown({ alerts: [alert, alert, alert], missed: true })
    expect(made.map(({ options }) => options.title)).toEqual(['Пропущено оповещений: 3'])
    made[0]?.emitter.emit('click')
    expect(goTo).toHaveBeenCalledExactlyOnceWith('/alerts')
  })

  it('say nothing personal while the screen is locked', () => {
    const { made } = shown({ alerts: [alert], missed: false }, true)
    expect(JSON.stringify(made.map(({ options }) => options))).not.toMatch(/Ромашка|Позвонить/)
    expect(made).toHaveLength(1)
  })
})

describe('the tray menu', () => {
  const state: TrayState = { due: 2, top: [{ ...alert, due: true }], waiting: 3, online: false }
  const actions = { goTo: vi.fn(), syncNow: vi.fn(), quit: vi.fn() }
  const menu = (locked: boolean) => trayMenu({ state, texts, locked, actions })
  const item = (id: string) => menu(false).find((one) => one.id === id) as MenuItemConstructorOptions & { click: () => void }

  it('counts what is due, shows the nearest alerts and does what it says', () => {
    expect(item('alerts').label).toBe('Оповещения: 2')
    item('alert-0').click()
    expect(actions.goTo).toHaveBeenLastCalledWith(address)
    item('open').click()
    expect(actions.goTo).toHaveBeenLastCalledWith(null)
    item('sync').click()
    item('quit').click()
    expect([actions.syncNow.mock.calls.length, actions.quit.mock.calls.length]).toEqual([1, 1])
    expect(item('waiting').label).toBe('Ждут отправки: 3')
  })

  it('names nobody while the screen is locked', () => {
    expect(JSON.stringify(menu(true))).not.toMatch(/Ромашка|Позвонить/)
  })
})

describe('closing the window', () => {
  const closing = (tray: boolean, explained = false) => {
    const parts = { explain: vi.fn(), ask: vi.fn(() => Promise.resolve({ response: 1 })), quit: vi.fn(), hide: vi.fn() }
    const one = new Closing({ texts: () => texts, hasTray: () => Promise.resolve(tray), wasExplained: () => explained, ...parts })
    return { one, parts, window: { hide: parts.hide, isDestroyed: () => false } }
  }

  it('goes to the tray, and says so the first time', async () => {
    const first = closing(true)
    expect(first.one.mayClose()).toBe(false)
    await first.one.stay(first.window)
    expect([first.parts.hide.mock.calls.length, first.parts.explain.mock.calls.length]).toEqual([1, 1])
    const later = closing(true, true)
    await later.one.stay(later.window)
    expect([later.parts.hide.mock.calls.length, later.parts.explain.mock.calls.length]).toEqual([1, 0])
  })

  it('asks before it quits where there is no tray', async () => {
    const { one, parts, window } = closing(false)
    await one.stay(window)
    expect([parts.ask.mock.calls.length, parts.quit.mock.calls.length]).toEqual([1, 0])
    parts.ask.mockResolvedValueOnce({ response: 0 })
    await one.stay(window)
    expect([parts.quit.mock.calls.length, parts.hide.mock.calls.length]).toEqual([1, 0])
  })

  it('is final once the program leaves', () => {
    const { one } = closing(true)
    one.leave()
    expect(one.mayClose()).toBe(true)
  })
})

describe('leaving', () => {
  const leave = (confirmed: boolean) => {
    const app = Object.assign(new EventEmitter(), { quit: vi.fn(() => void asks()) })
    const held: boolean[] = []
    const asks = () => {
      let prevented = false
      app.emit('before-quit', { preventDefault: () => void (prevented = true) })
      held.push(prevented)
    }
    const stop = vi.fn(() => Promise.resolve())
    leaveGracefully({ app: app as unknown as App, confirm: () => Promise.resolve(confirmed), stop })
    return { asks, held, stop }
  }

  it('is held back once, until everything has ended', async () => {
    const { asks, held, stop } = leave(true)
    asks()
    asks()
    await vi.waitFor(() => expect(held).toHaveLength(3))
    expect([held, stop.mock.calls.length]).toEqual([[true, true, false], 1])
  })

  it('does not happen when a person thinks better of it', async () => {
    const { asks, held, stop } = leave(false)
    asks()
    await new Promise((resolve) => setImmediate(resolve))
    asks()
    expect([held, stop.mock.calls.length]).toEqual([[true, true], 0])
  })
})

describe('the screen lock', () => {
  const lock = (platform: string) => {
    const power = Object.assign(new EventEmitter(), { getSystemIdleTime: () => idle })
    let idle = 0
    let look = () => undefined as void
    const told: string[] = []
    const one = new ScreenLock({
      powerMonitor: power as never,
      platform,
      tellCore: (state) => void told.push(state),
      onChange: () => undefined,
      every: (work) => void (look = work),
    })
    return { one, power, told, beIdle: (seconds: number) => ((idle = seconds), look()) }
  }

  it('follows the system where that tells', () => {
    const { one, power, told } = lock('win32')
    power.emit('lock-screen')
    expect(one.isLocked()).toBe(true)
    power.emit('suspend')
    power.emit('resume')
    expect(one.isLocked()).toBe(true)
    power.emit('unlock-screen')
    expect([one.isLocked(), told]).toEqual([false, ['lock', 'suspend', 'resume', 'unlock']])
  })

  it('goes by sleep and by idleness on Linux', () => {
    const { one, power, told, beIdle } = lock('linux')
    power.emit('suspend')
    expect(one.isLocked()).toBe(true)
    power.emit('resume')
    expect(one.isLocked()).toBe(false)
    beIdle(600)
    expect(one.isLocked()).toBe(true)
    beIdle(1)
    expect([one.isLocked(), told]).toEqual([false, ['lock', 'suspend', 'unlock', 'resume', 'lock', 'unlock']])
  })
})

describe('a tray', () => {
  const here = (platform: string, answers: (program: string) => string | null) =>
    hasTrayHere({
      platform,
      isStandin: false,
      hasBus: true,
      run: (program) => {
        const said = answers(program)
        return said === null ? Promise.reject(new Error('no such program')) : Promise.resolve(said)
      },
    })
  it('is there on Linux only where the desktop watches for one', async () => {
    expect(await here('linux', () => '(true,)')).toBe(true)
    expect(await here('linux', () => '(false,)')).toBe(false)
    expect(await here('linux', (program) => (program === 'busctl' ? 'b true' : null))).toBe(true)
    expect(await here('linux', () => null)).toBe(false)
    expect(await here('win32', () => null)).toBe(true)
  })
})

describe('the window', () => {
  const screen = { workArea: { x: 0, y: 0, width: 1920, height: 1040 } }
  const second = { workArea: { x: 1920, y: 0, width: 1280, height: 1000 } }
  it('comes back where it was', () => {
    const bounds = { x: 2000, y: 50, width: 1000, height: 700 }
    expect(clampToDisplays(bounds, [screen, second])).toEqual(bounds)
  })
  it('comes back into sight when its screen is gone or smaller', () => {
    expect(clampToDisplays({ x: 2000, y: 50, width: 1000, height: 700 }, [screen])).toEqual({ x: 920, y: 50, width: 1000, height: 700 })
    expect(clampToDisplays({ x: -500, y: -500, width: 9000, height: 9000 }, [screen])).toEqual({ x: 0, y: 0, width: 1920, height: 1040 })
    expect(clampToDisplays({ x: 0, y: 0, width: 10, height: 10 }, [screen])).toMatchObject({ width: 960, height: 600 })
  })
})

describe('the command line', () => {
  it('is read leniently, and never holds a token', () => {
    expect(
      readCommandLine([
        'electron',
        '.',
        '--demo',
        '--lang=en',
        '--sync-interval=3',
        '--platform-url=https://a.example',
        '--platform-token-file=-',
        '--unknown',
      ]),
    ).toEqual({
      userDataDir: null,
      demo: true,
      language: 'en',
      syncIntervalSeconds: 10,
      platformUrl: 'https://a.example',
      platformTokenFile: '-',
      recoveryCodeFile: null,
    })
    expect(readCommandLine(['electron', '.', '--lang=fr', '--sync-interval=soon'])).toMatchObject({
      language: null,
      syncIntervalSeconds: null,
      demo: false,
    })
  })
})

describe('the application menu', () => {
  it('offers debugging only while developing', () => {
    const roles = (isPackaged: boolean) =>
      JSON.stringify(
        applicationMenu({ texts, platform: 'linux', isPackaged, actions: { goTo: vi.fn(), syncNow: vi.fn(), openDataFolder: vi.fn() } }),
      )
    expect(roles(true)).not.toMatch(/toggleDevTools|reload/)
    expect(roles(false)).toMatch(/toggleDevTools/)
  })
})
