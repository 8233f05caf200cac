import type { NotificationConstructorOptions } from 'electron'
import type { Journal } from './journal.ts'
import { loud, LoudEmitter, onlyKnown, preventable } from './loud.ts'

/** Those that were shown and not closed: the endpoint clicks on them. */
export class ShownNotifications {
  private readonly shown = new Map<number, StandinNotification>()
  private count = 0
  readonly journal: Journal

  constructor(journal: Journal) {
    this.journal = journal
  }
  nextId(): number {
    return ++this.count
  }
  add(notification: StandinNotification): void {
    this.shown.set(notification.number, notification)
  }
  remove(notification: StandinNotification): boolean {
    return this.shown.delete(notification.number)
  }
  /** Clicks on one, or on the latest; false = there is none. */
  click(number: number | null): boolean {
    const one = number === null ? [...this.shown.values()].at(-1) : this.shown.get(number)
    one?.emit('click', preventable({}))
    return one !== undefined
  }
}

export class StandinNotification extends LoudEmitter {
  readonly number: number
  title: string
  body: string
  private readonly all: ShownNotifications

  constructor(all: ShownNotifications, options: NotificationConstructorOptions = {}) {
    super('Notification', ['show', 'click', 'close', 'failed'])
    onlyKnown('Notification', options, ['title', 'body', 'silent', 'icon', 'urgency', 'timeoutType', 'groupId', 'id'])
    this.all = all
    this.number = all.nextId()
    this.title = options.title ?? ''
    this.body = options.body ?? ''
    return loud('Notification', this)
  }
  static isSupported(): boolean {
    return true
  }
  show(): void {
    this.all.add(this)
    this.all.journal.write({ kind: 'notification', id: this.number, title: this.title, body: this.body })
    queueMicrotask(() => this.emit('show', preventable({})))
  }
  close(): void {
    if (!this.all.remove(this)) return
    this.all.journal.write({ kind: 'notification-closed', id: this.number })
    this.emit('close', preventable({}))
  }
}
