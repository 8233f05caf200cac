import { basename } from 'node:path'
import { z } from 'zod'
import { AppError } from '@shared/errors'
import { findKeptFile } from '../../store/local/kept-files'
import { jobKind } from '../kind'
import { copyOut } from './copy-out'

export const SaveInput = z.strictObject({ fileId: z.string().min(1), path: z.string().min(1) })
export type SaveInput = z.infer<typeof SaveInput>

/** A kept file, in plain, where the person said. */
export const saveFile = jobKind<SaveInput>({
  name: 'save-file',
  input: SaveInput,
  resumable: false,
  writes: ({ path }) => path,
  run: async ({ fileId, path }, context) => {
    const kept = findKeptFile(context.local, fileId)
    if (!kept || !context.shelf) throw new AppError('not-found', 'no such file')
    await context.step(0, kept.size)
    await copyOut(context, { shelf: context.shelf, kept, path, onPiece: (bytes) => context.step(bytes, kept.size) })
    return { kind: 'save-file', file: basename(path) }
  },
})
