import type { Notification, NotificationConstructorOptions } from 'electron'
import type { AlertNotification } from '@shared/ipc/host-protocol'
import { alertAddress, ALERTS_ADDRESS } from './addresses'
import type { Texts } from './texts'

interface Setup {
  isSupported: () => boolean
  make: (options: NotificationConstructorOptions) => Pick<Notification, 'show' | 'on'>
  texts: () => Texts
  isLocked: () => boolean
  goTo: (address: string) => void
  log: (what: string, details?: unknown) => void
}
interface Words {
  title: string
  body: string
  to: string
}

const BODY_LENGTH = 200

/** Shows alerts as the system's notifications. While the screen is locked they say that something came, not what. */
export class Notifier {
  private readonly setup: Setup
  /** The system forgets a notification that nobody holds, and its click with it. */
  private readonly shown = new Set<Pick<Notification, 'show' | 'on'>>()

  constructor(setup: Setup) {
    this.setup = setup
  }

  alert(notification: AlertNotification): void {
    const { alerts, missed } = notification
    const [only] = alerts
    if (only === undefined) return
    if (missed && alerts.length > 1) return this.show(this.group(alerts.length))
    for (const alert of alerts) this.show(this.single(alert))
  }
  /** A word of the program itself. */
  say(title: string, body: string): void {
    this.show({ title, body, to: '' })
  }

  private group(count: number): Words {
    const texts = this.setup.texts()
    return { title: texts.missed(count), body: texts.missedBody, to: ALERTS_ADDRESS }
  }
  private single(alert: AlertNotification['alerts'][number]): Words {
    const texts = this.setup.texts()
    const to = alertAddress(alert)
    if (this.setup.isLocked()) return { title: texts.hiddenAlert, body: texts.hiddenBody, to }
    return { title: alert.clientName, body: alert.text.slice(0, BODY_LENGTH), to }
  }
  private show({ title, body, to }: Words): void {
    if (!this.setup.isSupported()) return this.setup.log('the system shows no notifications')
    const one = this.setup.make({ title, body })
    this.shown.add(one)
    one.on('click', () => {
      this.shown.delete(one)
      this.setup.goTo(to)
    })
    one.on('close', () => void this.shown.delete(one))
    one.show()
  }
}
