import type { ListSpec } from '../list-spec'

export const eventList = {
  name: 'events',
  dataset: 'events',
  views: ['all'],
  sorts: ['created', 'user', 'action', 'object'],
  down: ['created'],
  first: { by: 'created', desc: true },
  filters: { created: { kind: 'days' }, user: { kind: 'choice' }, action: { kind: 'choice' }, objectKind: { kind: 'choice' } },
} as const satisfies ListSpec
