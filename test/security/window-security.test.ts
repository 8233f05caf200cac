import { EventEmitter } from 'node:events'
import type { App, Session } from 'electron'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { isSafeExternal, createOpenExternal } from '../../electron/shell/security/external-links'
import { guardNavigation } from '../../electron/shell/security/navigation'
import { denyPermissions, guardRealTime } from '../../electron/shell/security/permissions'
import { findForeignSwitch } from '../../electron/shell/security/switches'

describe('links in the system browser', () => {
  const unsafe = [
    'http://cloud.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'mailto:someone@cloud.example',
    'smb://host/share',
    'ms-settings:privacy',
    'https://user:password@cloud.example/',
    'https://',
    'cloud.example',
    '',
    `https://cloud.example/${'x'.repeat(3000)}`,
  ]
  it.each(unsafe)('stays shut for %s', async (url) => {
    const open = vi.fn(() => Promise.resolve())
    await expect(createOpenExternal(open)(url)).rejects.toMatchObject({ code: 'rejected' })
    expect(open).not.toHaveBeenCalled()
  })

  it('opens for https', async () => {
    const open = vi.fn(() => Promise.resolve())
    await createOpenExternal(open)('https://cloud.example/panel')
    expect(open).toHaveBeenCalledExactlyOnceWith('https://cloud.example/panel')
  })

  it('never lets anything but https through', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl({ validSchemes: ['http', 'https', 'ftp'] })),
        (url) => !isSafeExternal(url) || new URL(url).protocol === 'https:',
      ),
    )
  })
})

describe('permissions', () => {
  it('are all denied, asked or checked, and downloads too', () => {
    const handlers: Record<string, (...args: unknown[]) => unknown> = {}
    const keep = (name: string) => (handler: unknown) => void (handlers[name] = handler as (...args: unknown[]) => unknown)
    denyPermissions({
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      on: (event: string, handler: unknown) => keep(event)(handler),
    } as unknown as Session)
    const preventDefault = vi.fn()
    handlers['will-download']?.({ preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'hid', 'unknown']) {
      const answer = vi.fn()
      handlers['request']?.({}, permission, answer)
      expect(answer).toHaveBeenCalledExactlyOnceWith(false)
      expect(handlers['check']?.(null, permission, 'app://console', {})).toBe(false)
      expect(handlers['device']?.({ deviceType: permission })).toBe(false)
    }
  })
})

describe('real time connections', () => {
  it('are never made past a proxy, from any page', () => {
    const app = new EventEmitter()
    guardRealTime(app as unknown as App)
    const contents = { setWebRTCIPHandlingPolicy: vi.fn() }
    app.emit('web-contents-created', {}, contents)
    expect(contents.setWebRTCIPHandlingPolicy).toHaveBeenCalledExactlyOnceWith('disable_non_proxied_udp')
  })
})

describe('navigation', () => {
  const guarded = () => {
    const app = new EventEmitter()
    const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: vi.fn() })
    guardNavigation(app as unknown as App)
    app.emit('web-contents-created', {}, contents)
    return contents
  }
  const asks = (event: string, url: string): boolean => {
    const preventDefault = vi.fn()
    guarded().emit(event, { url, preventDefault })
    return preventDefault.mock.calls.length === 0
  }

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('%s stays on our own pages', (event) => {
    expect(asks(event, 'app://console/clients')).toBe(true)
    for (const url of [
      'https://example.com/',
      'app://other/',
      'file:///etc/passwd',
      'about:blank',
      'data:text/html,x',
      'app://console@evil/',
      'blob:app://console/1',
    ]) {
      expect(asks(event, url), url).toBe(false)
    }
  })

  it('opens no window and embeds nothing', () => {
    const contents = guarded()
    const handler = contents.setWindowOpenHandler.mock.calls[0]?.[0] as (details: object) => { action: string }
    expect(handler({ url: 'app://console/' })).toEqual({ action: 'deny' })
    const preventDefault = vi.fn()
    contents.emit('will-attach-webview', { preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
  })
})

describe('a shipped program', () => {
  it.each([
    '--inspect',
    '--inspect=9229',
    '--inspect-brk',
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--js-flags=--expose-gc',
    '--no-sandbox',
    '--disable-web-security',
    '--Remote-Debugging-Port=9222',
    '--REMOTE-DEBUGGING-PIPE',
    '-remote-debugging-port=9222',
    '/remote-debugging-port=9222',
    ' --remote-debugging-port=9222',
    '\t--inspect',
    '--gpu-launcher=xterm -e',
    '--renderer-cmd-prefix=strace',
    '--utility-cmd-prefix=gdb',
    '--no-zygote',
    '--enable-features=Anything',
    '--proxy-server=evil.example:80',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--ignore-certificate-errors',
    '--user-data-dirs=/x',
    '--',
    '-r',
    '--demo-inspect',
  ])('does not start with %s', (argument) => expect(findForeignSwitch(['console', argument])).toBe(argument))
  it('starts with no switch in any spelling that is not its own', () => {
    const known =
      /^--(demo|user-data-dir|lang|sync-interval|platform-url|platform-token-file|recovery-code-file|ozone-platform|ozone-platform-hint|force-device-scale-factor|disable-gpu)(=|$)/
    fc.assert(
      fc.property(fc.constantFrom('-', '--', '/', ' --'), fc.stringMatching(/^[A-Za-z-]{1,30}(=.*)?$/), (dash, name) => {
        const text = dash + name
        return known.test(text.trim()) || findForeignSwitch([text]) === text
      }),
    )
  })
  it('starts with its own options', () => {
    expect(
      findForeignSwitch([
        '--demo',
        '--user-data-dir=/inspect',
        '--lang=ru',
        '--sync-interval=10',
        '--platform-url=https://inspect.example',
        '-psn_0_12345',
      ]),
    ).toBeNull()
  })
})
