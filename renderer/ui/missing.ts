/** Which list a figure lacks, and why: not read yet, refused (with the platform's words), not offered, or failing for now. */
export interface MissingList {
  dataset: string
  why: 'not-read' | 'refused' | 'not-offered' | 'failing'
  text: string | null
}
