/** Which list a figure lacks, and why: words for each stand in the texts, the platform's own in `text`. */
export interface MissingList {
  dataset: string
  why: 'not-read' | 'not-counted' | 'refused' | 'not-offered' | 'without-fields' | 'failing'
  text: string | null
}

/** It was asked for and did not come: neither "not offered" nor "not asked for yet". */
export const failedToCome = <M extends MissingList>({ at, missing }: { at: number | null; missing: M | null }): M | null =>
  at === null && (missing?.why === 'failing' || missing?.why === 'refused') ? missing : null
