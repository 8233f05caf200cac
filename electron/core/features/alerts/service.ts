import { AppError } from '@shared/errors'
import type { Handlers, Output } from '@shared/ipc/contract'
import type { NoteRow } from '@shared/ipc/notes'
import type { AsOf } from '@shared/ipc/rows'
import { offers } from '../../platforms/port/core'
import { listConnections } from '../../store/local/connections'
import { asOfAll, older } from '../../store/read/sync-status'
import { saveAlert } from '../../store/local/alerts'
import { logAction } from '../../store/local/journals'
import { inTransaction } from '../../store/sql'
import { boundedRows, cutTexts } from '../answer-size'
import type { NoteCommands } from '../notes/commands'
import type { Workspace } from '../workspace'
import { isCounted, toAlertRow, type Alert } from './rules'
import type { AlertReader } from './reader'
import type { AlertScheduler } from './scheduler'

export interface AlertsFeature {
  workspace: Workspace
  reader: AlertReader
  scheduler: AlertScheduler
  commands: NoteCommands
  /** Whether colleagues' alerts are told, and so counted. */
  colleagues: () => boolean
  onChanged: (connectionId: string, clientId: string) => void
}
export type AlertsService = ReturnType<typeof createAlerts>
type Key = Parameters<Handlers<'alerts'>['done']>[0]

export const createAlerts = ({ workspace, reader, scheduler, commands, colleagues, onChanged }: AlertsFeature) => {
  const { local, clock } = workspace
  const mustFind = ({ connectionId, noteId }: Key): Alert => {
    const found = [...reader.open(connectionId), ...reader.done(connectionId)].find(({ note }) => note.id === noteId || note.uid === noteId)
    if (!found) throw new AppError('not-found', 'no such alert')
    return found
  }
  const changed = (note: NoteRow): void => {
    onChanged(note.connectionId, note.clientId)
  }
  return {
    list: ({ connectionId, state, own, offset, limit }: Parameters<Handlers<'alerts'>['list']>[0]): Output<'alerts', 'list'> => {
      const now = clock.now()
      const alerts = state === 'open' ? reader.open(connectionId) : reader.done(connectionId)
      const mine = alerts.filter(isCounted(colleagues()))
      const shown = own ? mine : alerts
      return {
        rows: boundedRows(shown.slice(offset, offset + limit).map((alert) => cutTexts(toAlertRow(alert, now)))),
        total: shown.length,
        counts: { all: alerts.length, own: mine.length },
        asOf: alertsAsOf(workspace, connectionId),
      }
    },
    counts: (): Output<'alerts', 'counts'> => scheduler.counts(),
    snooze: ({ until, ...key }: Parameters<Handlers<'alerts'>['snooze']>[0]): void => {
      if (until <= clock.now()) throw new AppError('invalid-input', 'the end of a snooze is in the past', { fields: { until: 'past' } })
      const alert = mustFind(key)
      inTransaction(local, () => {
        saveAlert(local, alert.key, { snoozedUntil: until, snoozedAt: clock.now(), firedAt: null, openedAt: null })
        const details = { until, alertAt: alert.alertAt }
        logAction(local, { at: clock.now(), connectionId: key.connectionId, action: 'alert.snooze', subject: alert.note.uid, details })
      })
      changed(alert.note)
    },
    done: (key: Key): Output<'alerts', 'done'> => {
      const alert = mustFind(key)
      // Done is what the note says, and nothing beside it: a confirmation that is taken back lets the alert ring again.
      const commandId = commands.confirm(alert.note)
      changed(alert.note)
      return { commandId }
    },
    opened: (key: Key): void => {
      const alert = mustFind(key)
      saveAlert(local, alert.key, { openedAt: clock.now() })
      changed(alert.note)
    },
  }
}

/** As of when the alerts are known: those of a deployment that keeps no notes are all here, now. */
const alertsAsOf = ({ cache, local, clock }: Workspace, connectionId: string | null): AsOf => {
  const read = listConnections(local)
    .filter(({ id }) => connectionId === null || id === connectionId)
    .filter(({ capabilities }) => capabilities === null || offers(capabilities, 'notes'))
    .map(({ id }) => asOfAll(cache, id, ['notes']))
  return read.reduce<AsOf>(older, { at: clock.now(), complete: true, missing: null, without: 0 })
}
