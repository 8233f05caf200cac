import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { createApp, nextTick, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useConnections } from '@renderer/api/connections'
import { clientPath } from '@renderer/api/record-paths'
import { followRecords } from '@renderer/app/follow-records'

const screen: Component = { render: () => null }
const rows = [{ id: 'c1' }, { id: 'c 2/%' }]

beforeEach(() => {
  const entry = {
    state: null as unknown,
    replaceState: (state: unknown): void => {
      entry.state = state
    },
  }
  vi.stubGlobal('history', entry)
  const answer = (value: unknown) => () => Promise.resolve({ ok: true, value })
  const set = (change: object) => Promise.resolve({ ok: true, value: change })
  vi.stubGlobal('window', { api: { connections: { list: answer(rows) }, preferences: { set } } })
  setActivePinia(createPinia())
})

const opened = async () => {
  const connections = useConnections()
  await connections.load()
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/clients', component: screen },
      { path: '/clients/:connectionId/:id', component: screen },
    ],
  })
  followRecords(router, connections)
  createApp(screen).use(router)
  await router.push('/clients')
  return { connections, router }
}

it('the window shows the connection of the record that is opened', async () => {
  const { connections, router } = await opened()
  expect(connections.currentId).toBe('c1')
  await router.push(clientPath({ connectionId: 'c 2/%', id: 'a/b' }))
  expect(connections.currentId).toBe('c 2/%')
  expect(router.currentRoute.value.params['id']).toBe('a/b')
})

it('a record of a connection that is gone changes nothing', async () => {
  const { connections, router } = await opened()
  await router.push(clientPath({ connectionId: 'forgotten', id: 'a' }))
  expect(connections.currentId).toBe('c1')
})

it('back to a list brings back the connection that it was left with', async () => {
  const { connections, router } = await opened()
  const left: unknown = history.state
  await router.push(clientPath({ connectionId: 'c 2/%', id: 'a' }))
  await nextTick()
  // What the browser does on the way back: the entry's own state, then the navigation.
  history.replaceState(left, '')
  await router.push('/clients')
  expect(connections.currentId).toBe('c1')
})
