import type { Handlers } from '@shared/ipc/contract'
import type { KeptFileRow } from '@shared/ipc/files'
import type { KeptFiles } from '../../files/shelf'
import { countKeptFiles, listKeptFiles, type KeptFile } from '../../store/local/kept-files'
import { boundedRows } from '../answer-size'
import type { Workspace } from '../workspace'

const toRow = ({ sha256: _own, ...row }: KeptFile): KeptFileRow => row

export const filesHandlers = ({ local }: Workspace, files: KeptFiles): Handlers<'files'> => ({
  list: (window) => ({ rows: boundedRows(listKeptFiles(local, window).map(toRow)), total: countKeptFiles(local) }),
  remove: ({ id }) => {
    files.remove(id)
    return {}
  },
})
