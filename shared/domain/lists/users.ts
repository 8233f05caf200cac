import type { ListSpec } from '../list-spec'

export const userList = {
  name: 'users',
  dataset: 'accounts',
  views: ['all', 'blocked'],
  sorts: ['login', 'created', 'name', 'domain'],
  down: ['created'],
  first: { by: 'login', desc: false },
  filters: {
    created: { kind: 'days' },
    domain: { kind: 'choice' },
    active: { kind: 'choice', of: ['yes', 'no'] },
    blocked: { kind: 'choice', of: ['yes', 'no'] },
  },
} as const satisfies ListSpec
