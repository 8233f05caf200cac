import type { ListSpec } from '../list-spec'
import { ticketTopics } from '../codes'

export const ticketList = {
  name: 'tickets',
  dataset: 'tickets',
  views: ['all'],
  sorts: ['created', 'topic', 'user'],
  down: ['created'],
  first: { by: 'created', desc: true },
  filters: { topic: { kind: 'choice', of: ticketTopics }, text: { kind: 'text' }, user: { kind: 'choice' } },
} as const satisfies ListSpec
