/**
 * Every call and event that a page may use, by domain. The preload builds its bridge from these lists alone (no zod in
 * the sandbox); `contract.ts` gives each name its input and output and fails to compile if the two disagree.
 */
export const calls = {
  shell: [
    'info',
    'openLink',
    'openDataFolder',
    'copyText',
    'saveListCsv',
    'saveKeptFile',
    'openJobFile',
    'showJobFile',
    'pickPemFile',
    'pickProfile',
    'saveProfile',
    'quit',
    'recoveryCode',
    'workspace',
    'setPassphrase',
    'unlock',
    'recover',
    'startAnew',
    'storeChoices',
    'takeStoreChoice',
    'workTemporarily',
  ],
  preferences: ['get', 'set'],
  connections: [
    'list',
    'test',
    'cancelTest',
    'add',
    'rename',
    'setToken',
    'forget',
    'startDemo',
    'atStart',
    'capabilities',
    'profile',
    'checkProfile',
    'setProfile',
    'tryProfile',
    'describedApi',
    'setZones',
  ],
  sync: ['status', 'now', 'cancel', 'problems'],
  dashboard: ['summary', 'series', 'contributors'],
  clients: ['list', 'get', 'projects', 'days', 'limits', 'access', 'changes', 'opened'],
  servers: ['work', 'order', 'seen'],
  limits: ['get', 'overview', 'set', 'templates', 'saveTemplate', 'removeTemplate', 'bulkPreview', 'bulkStart', 'change'],
  batches: ['list', 'get', 'goOn', 'cancel', 'retryFailed', 'undoPreview', 'undo'],
  contracts: ['list', 'get'],
  tariffPlans: ['list', 'get'],
  payments: ['list'],
  tickets: ['list'],
  events: ['list'],
  users: ['list'],
  notes: ['list', 'authors', 'create', 'update', 'confirm', 'remove'],
  alerts: ['list', 'counts', 'snooze', 'done', 'opened'],
  outbox: ['list', 'retry', 'discard', 'resolve'],
  search: ['find'],
  lists: ['options', 'views', 'saveView', 'removeView'],
  store: ['notices', 'noticeRead', 'check'],
  jobs: ['list', 'cancel', 'again', 'seen', 'drop', 'checkStore'],
  files: ['list', 'remove'],
} as const

export const events = ['changed', 'sync', 'alerts', 'outbox', 'preferences', 'navigate', 'testStep', 'demo', 'jobs', 'storeCheck'] as const

export type Domain = keyof typeof calls
export type CallName<D extends Domain> = (typeof calls)[D][number]
export type EventName = (typeof events)[number]
export const channelOf = (domain: string, name: string): string => `call:${domain}.${name}`
export const eventChannelOf = (name: string): string => `event:${name}`

/** The id of the connection test that the command line asks for. */
export const AT_START = 'at-start'
