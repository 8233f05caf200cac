/** Which list a figure lacks, and why: words for each stand in the texts, the platform's own in `text`. */
export interface MissingList {
  dataset: string
  why: 'not-read' | 'not-counted' | 'refused' | 'not-offered' | 'without-fields' | 'failing'
  text: string | null
}
