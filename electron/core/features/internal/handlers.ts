import { AppError } from '@shared/errors'
import { connectionOf } from '../../jobs/kinds/list-export'
import { definitionOf } from '../../platforms/registry'
import { findConnection } from '../../store/local/connections'
import { findKeptFile, type KeptFile } from '../../store/local/kept-files'
import type { JobsService } from '../jobs/service'
import type { PreferencesService } from '../preferences/service'
import type { InternalHandlers } from '../router'
import type { Workspace } from '../workspace'

export interface InternalFeature {
  workspace: Workspace
  jobs: JobsService
  preferences: PreferencesService
}

/** What only the shell may ask: the paths and addresses here come from it, never from a page. */
export const internalHandlers = ({ workspace, jobs, preferences }: InternalFeature): InternalHandlers => {
  const mustFind = (id: string): KeptFile => {
    const file = findKeptFile(workspace.local, id)
    if (!file) throw new AppError('not-found', 'no such file')
    return file
  }
  return {
    exportList: ({ path, ...file }) => {
      const input = { ...file, path, language: preferences.get().language }
      return { jobId: jobs.begin({ kind: 'list-export', title: file.title, connectionId: connectionOf(file), input }) }
    },
    keptFileName: ({ id }) => ({ name: mustFind(id).name }),
    saveKeptFile: ({ id, path }) => {
      const { name, connectionId } = mustFind(id)
      return { jobId: jobs.begin({ kind: 'save-file', title: name, connectionId, input: { fileId: id, path } }) }
    },
    jobFile: ({ id }) => ({ path: jobs.fileOf(id) }),
    panelUrl: ({ connectionId }) => {
      const connection = findConnection(workspace.local, connectionId)
      if (!connection) throw new AppError('not-found', 'no such connection')
      return { url: definitionOf(connection.settings.platform).address(connection.settings) }
    },
  }
}
