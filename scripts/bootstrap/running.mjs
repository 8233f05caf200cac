import { spawn } from 'node:child_process'
import { delimiter, dirname } from 'node:path'
import { PlainError } from './plain-error.mjs'

/**
 * Environment of a child: the chosen Node's folder first in PATH, so that whatever it starts finds the same one.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} [more]
 * @returns {NodeJS.ProcessEnv}
 */
export const childEnv = (node, more = {}) => ({
  ...process.env,
  ...more,
  PATH: [dirname(node), process.env['PATH'] ?? ''].join(delimiter),
})

/**
 * Runs to the end and gives the exit code; the output is the child's own unless it is to be kept.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, quiet?: boolean, toStderr?: boolean, timeoutMs?: number, shell?: boolean }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export const run = (command, args, { cwd, env, quiet = false, toStderr = false, timeoutMs = 0, shell = false }) =>
  new Promise((resolve, reject) => {
    const out = quiet ? 'pipe' : toStderr ? 2 : 'inherit'
    const child = spawn(command, args, { cwd, env, shell, stdio: [quiet ? 'ignore' : 'inherit', out, quiet ? 'pipe' : 'inherit'] })
    let output = ''
    const keep = (/** @type {Buffer} */ chunk) => void (output = (output + chunk).slice(-20_000))
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    const timer = timeoutMs > 0 ? setTimeout(() => child.kill('SIGKILL'), timeoutMs) : undefined
    child.on('error', (error) => reject(new PlainError(`${command} cannot be started: ${error.message}.`)))
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code: code ?? 1, output })
    })
  })

const passedOn = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs a long-lived child: signals are passed on, and it is told to stop when whoever started us is gone (a shell that
 * dies of a signal does not hand it on). An `ipc` channel lets the child notice our own sudden end as well.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, ipc?: boolean }} options
 * @returns {Promise<number>}
 */
export const attend = (command, args, { cwd, env, ipc = false }) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['inherit', 'inherit', 'inherit', ...(ipc ? [/** @type {const} */ ('ipc')] : [])],
    })
    const parent = process.ppid
    const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000)
    const passOn = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal)
    for (const signal of passedOn) process.on(signal, passOn)
    child.on('error', (error) => reject(new PlainError(`${command} cannot be started: ${error.message}.`)))
    child.on('exit', (code, signal) => {
      clearInterval(watch)
      for (const name of passedOn) process.off(name, passOn)
      resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1))
    })
  })
