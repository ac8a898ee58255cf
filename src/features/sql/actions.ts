import { fileNameOf } from '../../core/export/file-name.ts'
import type { SchemaDocument } from '../../core/model/document.ts'
import type { ObjectId } from '../../core/model/object.ts'
import type { Action } from '../../state/action.ts'
import { documentStore } from '../../state/document-store.ts'
import { copyText, download } from '../../state/files.ts'
import { projectStore } from '../../state/project-store.ts'
import { sessionStore } from '../../state/session-store.ts'
import { toast } from '../../ui/toast.ts'

/** The planner that orders the statements is loaded with the first of them. */
async function sqlOf(document: SchemaDocument, only?: ReadonlySet<ObjectId>): Promise<string> {
  const { documentSql } = await import('../../core/ddl/ddl-of-document.ts')
  return documentSql(document, only)
}

const isOpen = () => projectStore.getState().id !== null

export const sqlActions: readonly Action[] = [
  {
    id: 'sql.download',
    title: 'Download schema as SQL',
    group: 'Export',
    icon: 'file-down',
    keywords: ['ddl', 'export', 'create'],
    enabled: isOpen,
    run: async () => {
      const { name } = projectStore.getState()
      download(fileNameOf(name, 'sql'), await sqlOf(documentStore.getState().document), 'application/sql')
    },
  },
  {
    id: 'sql.copy',
    title: 'Copy schema as SQL',
    group: 'Export',
    icon: 'copy',
    enabled: isOpen,
    run: async () => {
      if (await copyText(await sqlOf(documentStore.getState().document))) toast('SQL copied')
    },
  },
  {
    id: 'sql.copy-selection',
    title: 'Copy selection as SQL',
    group: 'Export',
    icon: 'copy',
    enabled: () => isOpen() && sessionStore.getState().selection.length > 0,
    run: async () => {
      const only = new Set(sessionStore.getState().selection)
      if (await copyText(await sqlOf(documentStore.getState().document, only))) toast('SQL copied')
    },
  },
]
