import { sql as cacheFirst } from './cache/001-first'
import { sql as cacheClientDays } from './cache/002-client-days'
import { sql as cacheTotals } from './cache/003-totals'
import { sql as cacheFewClients } from './cache/004-few-clients'
import { sql as cacheSyncPerDataset } from './cache/005-sync-per-dataset'
import { sql as cacheFiguresWithRows } from './cache/006-figures-with-rows'
import { sql as cacheUnreadOfOwners } from './cache/007-unread-of-owners'
import { sql as cachePayments } from './cache/008-payments'
import { sql as cacheTicketsEvents } from './cache/009-tickets-events'
import { sql as localFirst } from './local/001-first'
import { sql as localOutboxKnown } from './local/002-outbox-known'
import { sql as localSampleFigures } from './local/003-sample-figures'
import { sql as localConnectionLanguage } from './local/004-connection-language'
import { sql as localCommitCount } from './local/005-commit-count'
import { sql as localAlertSnoozedAt } from './local/006-alert-snoozed-at'
import { sql as localConnectionZones } from './local/007-connection-zones'
import { sql as localSampleHypervisors } from './local/008-sample-hypervisors'
import { sql as localCommands } from './local/009-commands'
import { sql as localBatches } from './local/010-batches'
import { sql as localLimitTemplates } from './local/011-limit-templates'
import { sql as localConnectionSettings } from './local/012-connection-settings'
import { sql as localBatchAbout } from './local/013-batch-about'
import { sql as localJobsAndFiles } from './local/014-jobs-and-files'
import { sql as localCommandRestored } from './local/015-command-restored'

/** One step forward; its place in the list (from 1) is the schema version it leads to. */
export interface Migration {
  name: string
  sql: string
}

export const cacheMigrations: readonly Migration[] = [
  { name: '001-first', sql: cacheFirst },
  { name: '002-client-days', sql: cacheClientDays },
  { name: '003-totals', sql: cacheTotals },
  { name: '004-few-clients', sql: cacheFewClients },
  { name: '005-sync-per-dataset', sql: cacheSyncPerDataset },
  { name: '006-figures-with-rows', sql: cacheFiguresWithRows },
  { name: '007-unread-of-owners', sql: cacheUnreadOfOwners },
  { name: '008-payments', sql: cachePayments },
  { name: '009-tickets-events', sql: cacheTicketsEvents },
]
export const localMigrations: readonly Migration[] = [
  { name: '001-first', sql: localFirst },
  { name: '002-outbox-known', sql: localOutboxKnown },
  { name: '003-sample-figures', sql: localSampleFigures },
  { name: '004-connection-language', sql: localConnectionLanguage },
  { name: '005-commit-count', sql: localCommitCount },
  { name: '006-alert-snoozed-at', sql: localAlertSnoozedAt },
  { name: '007-connection-zones', sql: localConnectionZones },
  { name: '008-sample-hypervisors', sql: localSampleHypervisors },
  { name: '009-commands', sql: localCommands },
  { name: '010-batches', sql: localBatches },
  { name: '011-limit-templates', sql: localLimitTemplates },
  { name: '012-connection-settings', sql: localConnectionSettings },
  { name: '013-batch-about', sql: localBatchAbout },
  { name: '014-jobs-and-files', sql: localJobsAndFiles },
  { name: '015-command-restored', sql: localCommandRestored },
]
