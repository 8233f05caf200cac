import type Database from 'better-sqlite3'
import { fold } from './search-text'

/** The two full-text queries alone: trigrams for three letters and more, pairs and first letters below. */
export const baselineSearch = (db: Database.Database, most: number): ((text: string) => number) => {
  const long = db.prepare('SELECT rowid FROM search_trigram WHERE search_trigram MATCH ? LIMIT ?').pluck()
  const short = db.prepare('SELECT rowid FROM search_pair WHERE search_pair MATCH ? LIMIT ?').pluck()
  return (text) => {
    const folded = fold(text)
    return (folded.length < 3 ? short : long).all(`"${folded}"`, most).length
  }
}
