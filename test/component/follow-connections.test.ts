import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, it, vi } from 'vitest'
import { createApp, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useConnections } from '@renderer/api/connections'
import { useSync } from '@renderer/api/sync'
import { followConnections } from '@renderer/app/follow-connections'

const screen: Component = { render: () => null }
type Listener = (payload: unknown) => void
let listeners: Listener[]
let rows: { id: string; state: string }[]
const tell = (): void => {
  for (const listener of listeners) listener({ connectionId: 'c1', datasets: [], ids: null })
}

beforeEach(() => {
  listeners = []
  rows = []
  const answer = (value: () => unknown) => () => Promise.resolve({ ok: true, value: value() })
  vi.stubGlobal('window', {
    api: {
      on: (_event: string, listener: Listener) => {
        listeners.push(listener)
        return () => undefined
      },
      connections: { list: answer(() => rows) },
      sync: { status: answer(() => []) },
    },
  })
  setActivePinia(createPinia())
})

/** The window as it starts: without a connection every address leads to the form, whose code takes a moment to come. */
const starting = () => {
  const connections = useConnections()
  let come: () => void = () => undefined
  const form = () => new Promise<Component>((resolve) => (come = () => resolve(screen)))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'dashboard', component: screen },
      { path: '/connect', name: 'connect', component: form },
    ],
  })
  router.beforeEach((to) => (connections.rows.length > 0 || to.name === 'connect' ? true : { name: 'connect' }))
  followConnections({ connections, sync: useSync(), router: () => router })
  createApp(screen).use(router)
  void router.push('/')
  return { router, come: () => come(), name: () => router.currentRoute.value.name }
}
const turns = () => new Promise((resolve) => setTimeout(resolve, 20))

it('leads from the empty form to the first screen when a connection is made elsewhere', async () => {
  const { come, name } = starting()
  await turns()
  come()
  await vi.waitUntil(() => name() === 'connect')
  rows = [{ id: 'c1', state: 'active' }]
  tell()
  await vi.waitUntil(() => name() === 'dashboard')
})

it('does so also when the connection is made while the form is still on its way', async () => {
  const { come, name } = starting()
  await turns()
  rows = [{ id: 'c1', state: 'active' }]
  tell()
  await turns()
  come()
  await vi.waitUntil(() => name() === 'dashboard')
})
