import { extname, join } from 'node:path'
import { AppError } from '@shared/errors'
import type { Handlers } from '@shared/ipc/contract'
import type { InternalCalls, RecoveryCalls } from '@shared/ipc/host-protocol'
import type { ShellInfo, WorkspaceAsks } from '@shared/ipc/shell'
import { pickText, saveText, type Dialogs, type TextFile } from './text-files'
import type { Texts } from './texts'
import type { Workspace } from './workspace'

interface Setup extends Dialogs {
  info: () => Promise<ShellInfo>
  texts: () => Texts
  openExternal: (url: string) => Promise<void>
  openPath: (path: string) => Promise<string>
  showInFolder: (path: string) => void
  copyText: (text: string) => Promise<void>
  internal: <N extends keyof InternalCalls>(name: N, input: InternalCalls[N]['input']) => Promise<InternalCalls[N]['output']>
  workspace: Pick<Workspace, 'state' | 'setPassphrase' | 'unlock' | 'recover' | 'startAnew' | 'workTemporarily' | 'recoveryCode'>
  /** Once the core has tried: what of the store a person has to decide about. */
  storeTrouble: () => Promise<'store-damaged' | 'store-missing' | null>
  recovery: <N extends keyof RecoveryCalls>(name: N, input: RecoveryCalls[N]['input']) => Promise<RecoveryCalls[N]['output']>
  looks: () => Pick<WorkspaceAsks, 'language' | 'theme'>
  quit: () => void
}

/** Does what a person asked of the workspace, and says what it asks next. */
const asksAfter = async ({ workspace, storeTrouble, looks }: Setup, work: Promise<unknown> = Promise.resolve()): Promise<WorkspaceAsks> => {
  await work
  const state = await workspace.state()
  return { state: state === 'ready' ? ((await storeTrouble()) ?? state) : state, ...looks() }
}

const LARGEST_PEM = 100_000
const LARGEST_PROFILE = 300_000

const pickPem = async (setup: Setup): Promise<TextFile | null> => {
  const filters = [{ name: setup.texts().pem, extensions: ['pem', 'crt', 'cer', 'key'] }]
  const picked = await pickText(setup, filters, LARGEST_PEM)
  if (picked && !/-----BEGIN [A-Z ]+-----/.test(picked.text))
    throw new AppError('invalid-input', 'the file is no PEM text', { reason: 'not-pem' })
  return picked
}
const profileFiles = (setup: Setup) => [{ name: setup.texts().profile, extensions: ['json'] }]

/** Only what any file system takes, and nothing that leads elsewhere. */
const fileName = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .trim() || 'list'

const askCsv = async (setup: Setup, title: string): Promise<string | null> => {
  const filters = [{ name: setup.texts().csv, extensions: ['csv'] }]
  const { canceled, filePath } = await setup.askSave({ defaultPath: join(setup.downloads(), `${fileName(title)}.csv`), filters })
  return canceled || filePath === '' ? null : filePath
}

/** What the shell itself does for a page. */
export const shellCalls = (setup: Setup): Handlers<'shell'> => ({
  info: () => setup.info(),
  openLink: async ({ connectionId }) => {
    const { url } = await setup.internal('panelUrl', { connectionId })
    await setup.openExternal(url)
    return {}
  },
  openDataFolder: async () => {
    const problem = await setup.openPath((await setup.info()).dataFolder)
    if (problem !== '') throw new AppError('storage', problem, { reason: 'cannot-open' })
    return {}
  },
  copyText: async ({ text }) => {
    await setup.copyText(text)
    return {}
  },
  saveListCsv: async (file) => {
    const path = await askCsv(setup, file.title)
    return path === null ? null : setup.internal('exportList', { ...file, path })
  },
  saveKeptFile: async ({ id }) => {
    const path = await askCsv(setup, (await setup.internal('keptFileName', { id })).name)
    return path === null ? null : setup.internal('saveKeptFile', { id, path })
  },
  openJobFile: async ({ id }) => {
    const { path } = await setup.internal('jobFile', { id })
    // Nothing that the system would run.
    if (extname(path).toLowerCase() !== '.csv') throw new AppError('rejected', 'only tables are opened', { reason: 'cannot-open' })
    const problem = await setup.openPath(path)
    if (problem !== '') throw new AppError('storage', problem, { reason: 'cannot-open' })
    return {}
  },
  showJobFile: async ({ id }) => {
    setup.showInFolder((await setup.internal('jobFile', { id })).path)
    return {}
  },
  pickPemFile: () => pickPem(setup),
  pickProfile: () => pickText(setup, profileFiles(setup), LARGEST_PROFILE),
  saveProfile: ({ text }) => saveText(setup, { name: setup.texts().profileName, text, filters: profileFiles(setup) }),
  quit: () => {
    setup.quit()
    return {}
  },
  recoveryCode: () => {
    const code = setup.workspace.recoveryCode()
    if (code === null) throw new AppError('not-offered', 'a temporary workspace has no recovery code')
    return { code }
  },
  workspace: () => asksAfter(setup),
  setPassphrase: ({ passphrase }) => asksAfter(setup, setup.workspace.setPassphrase(passphrase)),
  unlock: ({ passphrase }) => asksAfter(setup, setup.workspace.unlock(passphrase)),
  recover: ({ code }) => asksAfter(setup, setup.workspace.recover(code)),
  startAnew: () => asksAfter(setup, setup.workspace.startAnew()),
  storeChoices: () => setup.recovery('choices', {}),
  takeStoreChoice: ({ choice }) => asksAfter(setup, setup.recovery('take', choice)),
  workTemporarily: () => asksAfter(setup, setup.workspace.workTemporarily()),
})
