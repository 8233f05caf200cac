/** A file as it is sent. */
export interface SentFile {
  field: string
  name: string
  type: string
  bytes: Uint8Array<ArrayBuffer>
}
/** One of the three, or nothing: JSON, a form, or a form with files. */
export interface Sent {
  json?: unknown
  form?: Readonly<Record<string, string>>
  files?: readonly SentFile[]
}

/** What goes over the wire. A form with files names its own type, which holds the border between its parts. */
export const bodyOf = ({ json, form, files }: Sent): { data?: string | FormData; type?: string } => {
  if (files !== undefined) return { data: partsOf(form ?? {}, files) }
  if (form !== undefined) return { data: new URLSearchParams(form).toString(), type: 'application/x-www-form-urlencoded' }
  return json === undefined ? {} : { data: JSON.stringify(json), type: 'application/json' }
}

const partsOf = (form: Readonly<Record<string, string>>, files: readonly SentFile[]): FormData => {
  const parts = new FormData()
  for (const [name, value] of Object.entries(form)) parts.append(name, value)
  for (const { field, name, type, bytes } of files) parts.append(field, new Blob([bytes], { type }), name)
  return parts
}
