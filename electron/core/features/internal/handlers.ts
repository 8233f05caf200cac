import { AppError } from '@shared/errors'
import { definitionOf } from '../../platforms/registry'
import { findConnection } from '../../store/local/connections'
import type { ClientsService } from '../clients/service'
import type { PreferencesService } from '../preferences/service'
import type { InternalHandlers } from '../router'
import type { Workspace } from '../workspace'
import { exportClientsCsv } from './clients-csv'

export interface InternalFeature {
  workspace: Workspace
  clients: Pick<ClientsService, 'batches'>
  preferences: PreferencesService
}

/** What only the shell may ask: the paths and addresses here come from it, never from a page. */
export const internalHandlers = ({ workspace, clients, preferences }: InternalFeature): InternalHandlers => ({
  exportClientsCsv: (input) => exportClientsCsv(clients, preferences.get().language, input),
  panelUrl: ({ connectionId }) => {
    const connection = findConnection(workspace.local, connectionId)
    if (!connection) throw new AppError('not-found', 'no such connection')
    return { url: definitionOf(connection.settings.platform).address(connection.settings) }
  },
})
