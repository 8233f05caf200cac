interface AlertKey {
  connectionId: string
  clientId: string
  noteId: string
}

/** The screen that shows one note of a client. */
export const alertAddress = ({ connectionId, clientId, noteId }: AlertKey): string =>
  `/clients/${encodeURIComponent(connectionId)}/${encodeURIComponent(clientId)}?tab=notes&note=${encodeURIComponent(noteId)}`

export const ALERTS_ADDRESS = '/alerts'
