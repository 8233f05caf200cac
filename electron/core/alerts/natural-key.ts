import { createHash } from 'node:crypto'
import { naturalText, wholeMinute } from '@shared/domain/note-rules'

/** By what a note is recognised while it has no id that both sides know. */
export const naturalKey = ({ clientId, text, alertAt }: { clientId: string; text: string; alertAt: number | null }): string =>
  createHash('sha256')
    .update(JSON.stringify([clientId, naturalText(text), wholeMinute(alertAt)]))
    .digest('base64url')
