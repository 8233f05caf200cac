import { AppError } from '@shared/errors'
import { definitionOf } from '../../platforms/registry'
import { findConnection } from '../../store/local/connections'
import type { Lists } from '../lists/handlers'
import type { PreferencesService } from '../preferences/service'
import type { InternalHandlers } from '../router'
import type { Workspace } from '../workspace'
import { exportListCsv } from './list-csv'

export interface InternalFeature {
  workspace: Workspace
  lists: Lists
  preferences: PreferencesService
}

/** What only the shell may ask: the paths and addresses here come from it, never from a page. */
export const internalHandlers = ({ workspace, lists, preferences }: InternalFeature): InternalHandlers => ({
  exportListCsv: (input) => exportListCsv(lists, preferences.get().language, input),
  panelUrl: ({ connectionId }) => {
    const connection = findConnection(workspace.local, connectionId)
    if (!connection) throw new AppError('not-found', 'no such connection')
    return { url: definitionOf(connection.settings.platform).address(connection.settings) }
  },
})
