import type { Platform } from '../../electron/demo/platform'

/** A row as the platform's own API sends it. */
export type PlatformRow = Readonly<Record<string, unknown>> & { readonly id: string }

export interface PlatformControl {
  read<T>(path: string): Promise<T>
  /** `tell('/clock')` also waits until everything up to the simulated present has happened. */
  tell<T = unknown>(path: string, body?: object): Promise<T>
  /** All rows of a dataset, whatever the API offers. */
  state(dataset: string): Promise<PlatformRow[]>
}

/** The control endpoint of a demo platform in this process. */
export const controlOf = ({ control }: Pick<Platform, 'control'>): PlatformControl => {
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const headers = { 'x-control-secret': control.secret, 'content-type': 'application/json' }
    const response = await fetch(control.url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`)
    return (await response.json()) as T
  }
  return {
    read: (path) => ask('GET', path),
    tell: (path, body = {}) => ask('POST', path, body),
    state: (dataset) => ask('GET', `/state/${dataset}`),
  }
}
