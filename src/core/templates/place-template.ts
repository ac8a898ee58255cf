import { isTable } from '../kinds/table/table.kind.ts'
import type { DiagramItem } from '../model/diagram.ts'
import type { SchemaDocument } from '../model/document.ts'
import { schemaOf } from '../model/schema.ts'
import type { Template } from './template.ts'

/** The imported document with its tables where the template draws them. */
export function placeTemplate(
  document: SchemaDocument,
  template: Template,
  newId: () => string,
): SchemaDocument {
  const diagram = new Map<string, DiagramItem>(document.diagram)
  for (const table of schemaOf(document).all(isTable)) {
    const drawn = template.tables.find((candidate) => candidate.name === table.name)
    if (!drawn) continue
    diagram.set(table.id, { id: table.id, kind: 'placement', x: drawn.x, y: drawn.y, colour: drawn.colour })
  }
  for (const note of template.notes) {
    const id = newId()
    diagram.set(id, { id, kind: 'note', ...note })
  }
  return { ...document, diagram }
}
