import { diffDocuments } from '../diff/diff-documents.ts'
import { kindOf } from '../kinds/registry.ts'
import { groupOf } from '../migration/scopes.ts'
import { spokenName } from '../migration/titles.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectId } from '../model/object.ts'
import { schemaOf } from '../model/schema.ts'
import { documentSteps } from './ddl-of-document.ts'

/** The statements of what differs between two schemas, for a person to compare line by line. */
export interface SchemaTexts {
  readonly before: string
  readonly after: string
}

/**
 * The tables (and other top objects) in which two documents differ, whole, on both sides in the order of their kinds and
 * names, so that only what differs moves. Throws where `documentSteps` does.
 */
export function schemaTexts(from: SchemaDocument, to: SchemaDocument): SchemaTexts {
  const groups = new Set<ObjectId>()
  for (const { id } of diffDocuments(from, to)) {
    for (const document of [from, to]) {
      const object = document.objects.get(id)
      if (object) groups.add(groupOf(object, schemaOf(document)).id)
    }
  }
  return { before: textOf(from, groups), after: textOf(to, groups) }
}

function textOf(document: SchemaDocument, groups: ReadonlySet<ObjectId>): string {
  const schema = schemaOf(document)
  const blocks = new Map<ObjectId, string[]>()
  for (const { group, statements } of documentSteps(document)) {
    if (!groups.has(group)) continue
    const lines = blocks.get(group) ?? []
    lines.push(...statements.map(({ sql }) => `${sql};`))
    blocks.set(group, lines)
  }
  return [...blocks]
    .map(([id, lines]) => {
      const top = schema.get(id)
      const key = top ? `${String(kindOf(top).order).padStart(4, '0')} ${spokenName(top, schema)}` : ''
      return { key, text: `${lines.join('\n')}\n` }
    })
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ text }) => text)
    .join('\n')
}
