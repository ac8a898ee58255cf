import fc from 'fast-check'
import type { SchemaDocument } from '../model/document.ts'
import type { Patch } from '../model/patch.ts'
import { linkColumn } from './add-foreign-key.ts'
import { addEnum, addView } from './add-objects.ts'
import { addCheck, addIndex, addUnique } from './add-parts.ts'
import { duplicateObjects } from './clip.ts'
import { moveColumn } from './columns.ts'
import { createTable } from './create-table.ts'
import { moveItems } from './place.ts'
import { removeObjects } from './remove-objects.ts'
import { renameObject } from './rename.ts'
import { writeColumn } from './write-column.ts'

/** An edit as a person makes it; its new objects get ids of `newId`. */
export type Command = (document: SchemaDocument, newId: () => string) => Patch

const none: Command = (document) => removeObjects(document, [])

function pick(document: SchemaDocument, kind: string, at: number): string | undefined {
  const ids = [...document.objects.values()].filter((object) => object.kind === kind).map(({ id }) => id)
  return ids[at % Math.max(1, ids.length)]
}

/** A command on the `at`th object of a kind; nothing where there is none. */
function on(kind: string, at: number, command: (id: string, ...rest: Parameters<Command>) => Patch): Command {
  return (document, newId) => {
    const id = pick(document, kind, at)
    return id === undefined ? none(document, newId) : command(id, document, newId)
  }
}

const place = fc.nat({ max: 40 })
const name = fc.constantFrom('a', 'b', 'name', 'Two Words', 'quo"ted', 'select', '🐘', 'x'.repeat(63))
const columnText = fc.constantFrom(
  'email varchar(255) not null',
  'a text unique',
  'b integer references a',
  "c text generated always as (a || 'x') stored",
  'n bigserial',
)
const parentOf = (document: SchemaDocument, id: string) => document.objects.get(id)?.parent ?? ''

/** Any command on whatever is there. */
export const arbitraryCommand: fc.Arbitrary<Command> = fc.oneof(
  name.map(
    (written): Command =>
      (document, newId) =>
        createTable(document, { id: newId(), newId, name: written, x: 0, y: 0 }),
  ),
  fc
    .tuple(place, columnText)
    .map(([at, text]) =>
      on('table', at, (table, document, newId) => writeColumn(document, { id: newId(), newId, table, text })),
    ),
  fc
    .tuple(place, columnText)
    .map(([at, text]) =>
      on('column', at, (id, document, newId) =>
        writeColumn(document, { id, newId, table: parentOf(document, id), text }),
      ),
    ),
  fc
    .tuple(place, place)
    .map(([from, to]) =>
      on('column', from, (id, document, newId) =>
        linkColumn(document, { id: newId(), newId, from: id, to: pick(document, 'table', to) ?? '' }),
      ),
    ),
  fc
    .tuple(place, place)
    .map(([from, to]) =>
      on('column', from, (id, document, newId) =>
        linkColumn(document, { id: newId(), newId, from: id, to: pick(document, 'column', to) ?? '' }),
      ),
    ),
  place.map((at) =>
    on('column', at, (id, document, newId) =>
      addIndex(document, { id: newId(), table: parentOf(document, id), columns: [id] }),
    ),
  ),
  place.map((at) =>
    on('column', at, (id, document, newId) =>
      addUnique(document, { id: newId(), table: parentOf(document, id), columns: [id] }),
    ),
  ),
  fc.tuple(place, name).map(([at, written]) =>
    on('table', at, (table, document, newId) =>
      addCheck(document, {
        id: newId(),
        table,
        expression: `length("${written.replaceAll('"', '""')}") > 1`,
      }),
    ),
  ),
  fc
    .tuple(fc.constantFrom('table', 'column', 'enum', 'view', 'check'), place, name)
    .map(([kind, at, written]) =>
      on(kind, at, (object, document) => renameObject(document, { object, name: written })),
    ),
  fc
    .tuple(fc.constantFrom('table', 'column', 'enum', 'primary key', 'foreign key', 'schema'), place)
    .map(([kind, at]) => on(kind, at, (id, document) => removeObjects(document, [id]))),
  fc
    .tuple(fc.constantFrom('table', 'column', 'index'), place)
    .map(([kind, at]) =>
      on(kind, at, (id, document, newId) => duplicateObjects(document, [id], newId).patch),
    ),
  fc
    .tuple(place, place)
    .map(([at, to]) => on('column', at, (column, document) => moveColumn(document, { column, to }))),
  place.map((at) =>
    on('table', at, (id, document) => moveItems(document, new Map([[id, { x: at * 8, y: 8 }]]))),
  ),
  fc.constant<Command>((document, newId) => addEnum(document, { id: newId(), newId })),
  fc.constant<Command>((document, newId) =>
    addView(document, { id: newId(), newId, query: 'SELECT a FROM a', x: 0, y: 0 }),
  ),
)
