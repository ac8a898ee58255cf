import {
  addEnum,
  addFunction,
  addRole,
  addSchema,
  addSequence,
  addView,
} from '../../core/commands/add-objects.ts'
import {
  addCheck,
  addGrant,
  addIndex,
  addPolicy,
  addTrigger,
  addUnique,
} from '../../core/commands/add-parts.ts'
import { addCompositeType, addDomain, addMaterializedView } from '../../core/commands/add-types.ts'
import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { nodeHeight } from '../../core/layout/node-size.ts'
import type { SchemaDocument } from '../../core/model/document.ts'
import type { ObjectId } from '../../core/model/object.ts'
import type { Patch } from '../../core/model/patch.ts'
import { schemaOf } from '../../core/model/schema.ts'
import type { Action } from '../../state/action.ts'
import { dispatch, documentStore } from '../../state/document-store.ts'
import { newId } from '../../state/new-id.ts'
import { projectStore } from '../../state/project-store.ts'
import { sessionStore, show } from '../../state/session-store.ts'
import type { MenuEntry } from '../../ui/menu-entry.ts'
import { selectedTables } from './edits.ts'
import { placeFor } from './viewport.ts'

const isOpen = () => projectStore.getState().id !== null

/** Adds an object and shows it in the inspector, where it is completed. */
export function addObject(title: string, command: (document: SchemaDocument, id: ObjectId) => Patch): void {
  const id = newId()
  dispatch(title, (document) => command(document, id))
  if (!documentStore.getState().document.objects.has(id)) return
  show([id])
  sessionStore.setState({ inspectorOpen: true })
}

function objectAction(
  name: string,
  title: string,
  icon: string,
  command: (document: SchemaDocument, id: ObjectId) => Patch,
): Action {
  return {
    id: `object.${name}`,
    title,
    group: 'Objects',
    icon,
    keywords: ['create', 'add'],
    enabled: isOpen,
    run: () => addObject(title, command),
  }
}

/** Adds a part to the table that is selected or holds the selection; columns of the selection are its keys. */
function partAction(
  name: string,
  title: string,
  icon: string,
  command: (document: SchemaDocument, id: ObjectId, table: ObjectId, columns: readonly ObjectId[]) => Patch,
): Action {
  return {
    id: `object.${name}`,
    title,
    group: 'Objects',
    icon,
    keywords: ['create', 'new'],
    enabled: () => isOpen() && selectedTables().length === 1,
    run: () => {
      const [table] = selectedTables()
      if (table === undefined) return
      addObject(title, (document, id) => command(document, id, table, keyColumns(table)))
    },
  }
}

function keyColumns(table: ObjectId): readonly ObjectId[] {
  const columns = schemaOf(documentStore.getState().document).childrenOf(table, isColumn)
  const { selection } = sessionStore.getState()
  const chosen = columns.filter((column) => selection.includes(column.id))
  return (chosen.length > 0 ? chosen : columns.slice(0, 1)).map(({ id }) => id)
}

/** The lines of a "New" menu, as the actions say them. */
export function newObjectEntries(): readonly MenuEntry[] {
  return objectActions
    .filter((action) => action.id.startsWith('object.new-'))
    .map((action) => ({
      label: action.title.replace('New ', '').replace(/^./, (letter) => letter.toUpperCase()),
      icon: action.icon,
      run: () => void action.run(),
    }))
}

/** Making what is not drawn by hand: views, types, functions, and the parts of a table. */
export const objectActions: readonly Action[] = [
  objectAction('new-view', 'New view', 'eye', (document, id) =>
    addView(document, { id, newId, ...placeFor({ width: 208, height: nodeHeight(1) }) }),
  ),
  objectAction('new-enum', 'New enum', 'list', (document, id) => addEnum(document, { id, newId })),
  objectAction('new-materialized-view', 'New materialized view', 'square-stack', (document, id) =>
    addMaterializedView(document, { id, newId }),
  ),
  objectAction('new-domain', 'New domain', 'type', (document, id) => addDomain(document, { id, newId })),
  objectAction('new-composite-type', 'New composite type', 'package', (document, id) =>
    addCompositeType(document, { id, newId }),
  ),
  objectAction('new-function', 'New function', 'square-function', (document, id) =>
    addFunction(document, { id, newId }),
  ),
  objectAction('new-trigger-function', 'New trigger function', 'square-function', (document, id) =>
    addFunction(document, { id, newId, name: 'set_updated_at', forTrigger: true }),
  ),
  objectAction('new-sequence', 'New sequence', 'list-ordered', (document, id) =>
    addSequence(document, { id, newId }),
  ),
  objectAction('new-schema', 'Add schema to this database', 'database', (document, id) =>
    addSchema(document, { id }),
  ),
  objectAction('new-role', 'New role', 'user-round', (document, id) => addRole(document, { id })),
  partAction('add-index', 'Add index', 'list-tree', (document, id, table, columns) =>
    addIndex(document, { id, table, columns }),
  ),
  partAction('add-unique', 'Add unique key', 'key-round', (document, id, table, columns) =>
    addUnique(document, { id, table, columns }),
  ),
  partAction('add-check', 'Add check', 'list-checks', (document, id, table) =>
    addCheck(document, { id, table }),
  ),
  partAction('add-policy', 'Add policy', 'shield-check', (document, id, table) =>
    addPolicy(document, { id, table }),
  ),
  partAction('add-grant', 'Add privileges', 'lock-keyhole-open', (document, id, table) =>
    addGrant(document, { id, table }),
  ),
  partAction('add-trigger', 'Add trigger', 'zap', (document, id, table) =>
    addTrigger(document, { id, table }),
  ),
]
