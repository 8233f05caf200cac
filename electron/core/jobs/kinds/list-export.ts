import { basename } from 'node:path'
import { z } from 'zod'
import { AppError } from '@shared/errors'
import { listQueries } from '@shared/ipc/lists'
import { ListFile } from '@shared/ipc/shell'
import { writePlain } from '../../files/plain-file'
import { writeSealed } from '../../files/sealed-file'
import { placeOf } from '../../files/shelf'
import { listCsv, remarksOf } from '../../reports/list-csv'
import type { KeptFile } from '../../store/local/kept-files'
import { wholeLists, type WholeList } from '../../store/read/whole-lists'
import { jobKind, type JobContext, type Shelf } from '../kind'
import { copyOut } from './copy-out'

const BATCH = 250
/** An export can be made again from the list, only not as of that day. */
const KEPT_FOR = 30 * 86_400_000

export const ExportInput = z.strictObject({ ...ListFile.shape, language: z.enum(['ru', 'en']), path: z.string().min(1) })
export type ExportInput = z.infer<typeof ExportInput>

/** What a list shows, as CSV: kept here first, then written where the person said. */
export const listExport = jobKind<ExportInput>({
  name: 'list-export',
  input: ExportInput,
  resumable: false,
  writes: ({ path }) => path,
  run: async (input, context) => {
    const { shelf } = context
    const file = basename(input.path)
    await context.step(0, null)
    if (shelf === null) {
      const list = readWhole(input, context)
      const rows = await writeRows(input, context, { list, writer: writePlain(input.path, context.id) })
      return { kind: 'list-export', rows, file, kept: false }
    }
    const kept = await keep(input, context, shelf)
    await copyOut(context, { shelf, kept, path: input.path, onPiece: () => context.step(kept.rows, kept.rows) })
    return { kind: 'list-export', rows: kept.rows, file, kept: true }
  },
})

const readWhole = (input: ExportInput, { cache, local, now }: JobContext): WholeList => {
  const checked = listQueries[input.list].safeParse(input.query)
  if (!checked.success) throw new AppError('invalid-input', 'this list is not asked that way')
  return wholeLists[input.list]({ cache, local, now, query: checked.data })
}

export const connectionOf = ({ query }: Pick<ExportInput, 'query'>): string | null =>
  typeof query['connectionId'] === 'string' ? query['connectionId'] : null

const keep = async (input: ExportInput, context: JobContext, shelf: Shelf): Promise<KeptFile> => {
  const { cache, id, now } = context
  // One transaction: every row is as of the same moment, whatever a sync writes meanwhile.
  cache.exec('BEGIN')
  try {
    const list = readWhole(input, context)
    const sealed = writeSealed(placeOf(shelf, id))
    let made = { size: 0, sha256: '' }
    const finish = (): void => void (made = sealed.finish())
    const rows = await writeRows(input, context, { list, writer: { ...sealed, finish } })
    const { asOf } = list
    const file: KeptFile = {
      ...{ id, kind: 'list-export', name: input.title, connectionId: connectionOf(input), ...made, rows, asOf: asOf.at },
      ...{ remarks: remarksOf({ file: input, language: input.language, asOf }), madeAt: now, keptUntil: now + KEPT_FOR, state: 'whole' },
    }
    context.keep(file)
    return file
  } finally {
    cache.exec('ROLLBACK')
  }
}

interface Rows {
  list: WholeList
  writer: { write(text: string): void; finish(): void; abort(): void }
}
const writeRows = async (input: ExportInput, context: JobContext, { list, writer }: Rows): Promise<number> => {
  try {
    const { batches, count, asOf } = list
    let [rows, done] = [0, 0]
    for (const part of listCsv({ file: input, language: input.language, asOf, batches: batches(BATCH) })) {
      writer.write(part.text)
      rows += part.rows
      done += part.read
      await context.step(done, count)
    }
    writer.finish()
    return rows
  } catch (error) {
    writer.abort()
    throw error
  }
}
