import type { JobKindName } from '@shared/domain/jobs'
import type { JobKind } from './kind'
import { checkStore } from './kinds/check-store'
import { listExport } from './kinds/list-export'
import { saveFile } from './kinds/save-file'

export const jobKindsByName: Record<JobKindName, JobKind> = {
  'list-export': listExport,
  'save-file': saveFile,
  'check-store': checkStore,
}
