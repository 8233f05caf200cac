import type { CommandKind } from '../kind'
import type { NoteStore } from './note'
import { noteConfirm, noteUpdate } from './note-change'
import { noteCreate } from './note-create'
import { noteDelete } from './note-delete'

export const noteKinds = (store: NoteStore): CommandKind[] => [noteCreate(store), noteUpdate(store), noteConfirm(store), noteDelete(store)]
