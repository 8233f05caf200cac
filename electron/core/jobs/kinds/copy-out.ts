import { writePlain } from '../../files/plain-file'
import { keptState, readKept } from '../../files/sealed-file'
import { placeOf } from '../../files/shelf'
import type { KeptFile } from '../../store/local/kept-files'
import type { JobContext, Shelf } from '../kind'

interface CopyOut {
  shelf: Shelf
  kept: Pick<KeptFile, 'id' | 'sha256'>
  path: string
  /** After so many bytes. */
  onPiece: (bytes: number) => Promise<void>
}

/** Writes a kept file in plain where the person said. One that is damaged or gone is told, and nothing of it is written. */
export const copyOut = async (context: JobContext, { shelf, kept, path, onPiece }: CopyOut): Promise<void> => {
  const writer = writePlain(path, context.id)
  try {
    let bytes = 0
    for (const piece of readKept(placeOf(shelf, kept.id), kept)) {
      writer.write(piece)
      bytes += piece.length
      await onPiece(bytes)
    }
    writer.finish()
  } catch (error) {
    writer.abort()
    const state = keptState(error)
    if (state !== null) context.doubt(kept.id, state)
    throw error
  }
}
