import { EventEmitter } from 'node:events'
import { registerHooks } from 'node:module'

/**
 * `--import`ed into every utility process: gives it `process.parentPort` over the fork's channel, and ends it when the
 * main process is gone, however that died.
 */
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron' || specifier.startsWith('electron/'))
      throw new Error('the stand-in has no `electron` module inside a utility process')
    return next(specifier, context)
  },
})

class ParentPort extends EventEmitter {
  constructor() {
    super()
    /** @type {unknown[]} */
    this.early = []
    process.on(
      'message',
      (data) => void (this.listenerCount('message') > 0 ? this.emit('message', { data, ports: [] }) : this.early.push(data)),
    )
    this.on('newListener', (name) => name === 'message' && queueMicrotask(() => this.deliverEarly()))
  }
  deliverEarly() {
    for (const data of this.early.splice(0)) this.emit('message', { data, ports: [] })
  }
  /** @param {unknown} message */
  postMessage(message) {
    if (process.connected) process.send?.(message)
  }
  start() {}
  pause() {
    throw new Error('the stand-in does not implement parentPort.pause')
  }
}

process.on('disconnect', () => process.exit(0))
Object.defineProperty(process, 'type', { value: 'utility' })
Object.defineProperty(process, 'parentPort', { value: new ParentPort(), enumerable: true })
